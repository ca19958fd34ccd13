/** Runs that would not end; `test/hostile/limits.deep.test.ts` has more of them. */
import { test } from 'vitest';
import { some } from '../breadth.ts';
import { endless, expectEnd, keys, type Misdeed, seed } from '../hostile/user-code.ts';

const endings: readonly Misdeed[] = [
  {
    what: 'a statement of a migration',
    files: { 'migrations/2_b.sql': `SELECT 1;\nCREATE TABLE n AS ${endless};` },
    flags: ['--limit-statement', '200ms'],
    says: /migrations\/2_b\.sql:2 on the empty database did not finish within 200 ms, the limit of a statement/,
  },
  {
    what: 'a step, by a limit of the config',
    files: { ...keys("limits: { step: '200ms' },"), 'migrations/2_b.sql': `${endless};` },
    says: /Migration 2_b on the empty database did not finish within 200 ms, the limit of a step; it was stopped at this: migrations\/2_b\.sql:1,/,
  },
  {
    what: 'a loop in a seed',
    files: seed('for (;;);'),
    flags: ['--limit-step', '500ms'],
    says: /Seed seeds\/1_a\.ts on the dataset fixture did not finish within 500 ms/,
  },
  {
    what: 'rows without an end',
    files: {
      'migrations/2_b.sql': `CREATE TABLE n (b);\n${endless.replace(' SELECT count(*)', ' INSERT INTO n SELECT zeroblob(1e6)')};`,
    },
    flags: ['--limit-memory', '400MB'],
    says: /used more than 400 MiB of memory; it was stopped at this: migrations\/2_b\.sql:2 on the empty database/,
  },
];

test.for(some(endings, 2))('$what is ended with a word on where it was', (misdeed) => expectEnd(misdeed));
