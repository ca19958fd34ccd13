/** The actions of a project's code on the process that runs it; `test/hostile/user-code.deep.test.ts` has more of them. */
import { test } from 'vitest';
import { some } from '../breadth.ts';
import { config, expectEnd, keys, type Misdeed, seed } from '../hostile/user-code.ts';

const misdeeds: readonly Misdeed[] = [
  {
    what: 'a config that ends the process as if all were well',
    files: config('\nprocess.exit(0);'),
    says: /process\.exit\(0\) was called at rowproof\.config\.mjs:2, so there is no report/,
  },
  {
    what: 'a seed that ends the process as if there were findings',
    files: seed('process.exit(1);'),
    says: /process\.exit\(1\) was called at seeds\/1_a\.ts:2/,
  },
  {
    what: 'a config that does not parse',
    files: { 'rowproof.config.ts': 'const a = 1;\nexport default (' },
    says: /rowproof\.config\.ts cannot be loaded: .* \(rowproof\.config\.ts:2\)/,
  },
  {
    what: 'a config that awaits what never comes',
    files: config('await new Promise(() => {});'),
    says: /A promise never settles: Loading rowproof\.config\.mjs/,
  },
  {
    what: 'a rejection that nobody handles',
    files: config('\nPromise.reject(new Error("boom"));'),
    says: /A promise was rejected and nobody caught it at rowproof\.config\.mjs:2: boom/,
  },
  {
    what: 'an error in a microtask of a seed',
    files: seed('queueMicrotask(() => { throw new Error("boom"); });'),
    says: /An error was thrown and nobody caught it at seeds\/1_a\.ts:2: boom/,
  },
  { what: 'a timer that goes on for ever', files: config('setInterval(() => {}, 20);'), status: 0 },
  {
    what: '`connect` that throws',
    files: keys('connect() {\nthrow new Error("boom"); }'),
    says: /connect\(db\) of the config threw at rowproof\.config\.ts:3: boom/,
  },
  {
    what: 'an asynchronous seed that fails late',
    files: { 'seeds/1_a.ts': 'export default async () => { await 1; throw new Error("boom"); };' },
    says: /1_a\.ts: .*asynchronous/,
  },
];

test.for(some(misdeeds, 5))('$what', (misdeed) => expectEnd(misdeed));
