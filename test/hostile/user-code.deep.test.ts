/** Everything that the code of a project may do to the process that runs it, wherever it is run from. */
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { rowproof } from '../cli/run.ts';
import { folderWith } from '../temporary.ts';
import { config, expectEnd, keys, type Misdeed, seed } from './user-code.ts';

/** Where code of a project runs: as it is loaded, called with the database, for a cell, for a row of a seed, and inside SQL. */
const places: readonly {
  readonly where: string;
  readonly at: (code: string) => Misdeed['files'];
  readonly line: string;
}[] = [
  { where: 'a config', at: (code) => config(`\n${code}`), line: String.raw`rowproof\.config\.mjs:2` },
  { where: 'connect', at: (code) => keys(`connect() {\n${code} },`), line: String.raw`rowproof\.config\.ts:3` },
  {
    where: 'a maker of a column',
    at: (code) => keys(`makers: { 'a.b': () => {\n${code} } },`),
    line: String.raw`rowproof\.config\.ts:3`,
  },
  {
    where: 'a maker of a table',
    at: (code) => keys(`makers: { a: () => {\n${code}\nreturn {}; } },`),
    line: String.raw`rowproof\.config\.ts:3`,
  },
  { where: 'a seed', at: (code) => seed(code), line: String.raw`seeds\/1_a\.ts:2` },
  {
    where: 'a seed as it is loaded',
    at: (code) => ({ 'seeds/1_a.ts': `\n${code}\nexport default () => {};` }),
    line: String.raw`seeds\/1_a\.ts:2`,
  },
  {
    where: 'a seed with an enum',
    at: (code) => ({ 'seeds/1_a.ts': `enum E { e }\n${code}\nexport default () => E;` }),
    line: String.raw`seeds\/1_a\.ts:2`,
  },
  {
    where: 'a file that a seed imports',
    at: (code) => ({
      'seeds/1_a.ts': `import { f } from './shared.ts';\nexport default () => f();`,
      'seeds/shared.ts': `export function f() {\n${code}\n}`,
    }),
    line: String.raw`seeds\/shared\.ts:2`,
  },
  {
    where: 'a function inside SQL',
    at: (code) => ({
      ...keys(`connect(db) { db.function('f', {}, () => {\n${code}\nreturn 1; }); },`),
      'migrations/2_b.sql': 'CREATE TABLE n AS SELECT f() AS g;',
    }),
    line: String.raw`rowproof\.config\.ts:3`,
  },
];

describe.for(places)('$where', ({ at, line }) => {
  test.for([0, 1, 70])('ends the process with %i', (code) => {
    expectEnd({
      what: '',
      files: at(`process.exit(${code});`),
      says: new RegExp(`process\\.exit\\(${code}\\) was called at ${line},`),
    });
  });

  test('says before that it will end with 0', () => {
    const files = at('process.exitCode = 0; process.exit();');
    expectEnd({ what: '', files, says: new RegExp(`process\\.exit\\(0\\) was called at ${line},`) });
  });

  test.for([
    ['SIGKILL', /killed by SIGKILL/],
    ['SIGTERM', /ended by SIGTERM/],
    ['SIGSEGV', /ended by SIGSEGV/],
  ] as const)('sends itself a %s', ([signal, says]) => {
    expectEnd({ what: '', files: at(`process.kill(process.pid, '${signal}'); for (;;);`), says });
  });

  test('rejects a promise that nobody handles', () => {
    const says = new RegExp(`A promise was rejected and nobody caught it at ${line}: boom\\.`);
    expectEnd({ what: '', files: at("Promise.reject(new Error('boom'));"), says });
  });

  test('rejects with nothing', () => {
    expectEnd({
      what: '',
      files: at('Promise.reject();'),
      says: /A promise was rejected and nobody caught it.*undefined/,
    });
  });

  test('throws in a microtask', () => {
    const says = new RegExp(`An error was thrown and nobody caught it at ${line}: boom\\.`);
    expectEnd({ what: '', files: at("queueMicrotask(() => { throw new Error('boom'); });"), says });
  });

  test('sets a timer that goes on for ever, and opens a server', () => {
    const server = "process.getBuiltinModule('node:net').createServer().listen(0);";
    expectEnd({ what: '', files: at(`setInterval(() => {}, 10); ${server}`), status: 0 });
  });

  test('throws long after the verdict', () => {
    expectEnd({ what: '', files: at("setTimeout(() => { throw new Error('boom'); }, 1e8);"), status: 0 });
  });

  test('removes the listeners of the process', () => {
    const files = at('process.removeAllListeners(); process.exit(0);');
    expectEnd({ what: '', files, says: /left with the exit code 0/ });
  });

  test('catches uncaught errors', () => {
    const files = at("process.on('uncaughtException', () => {}); Promise.reject(new Error('boom'));");
    expectEnd({ what: '', files, says: new RegExp(`${line}: boom`) });
  });
});

describe('an error of the project', () => {
  test.for<Misdeed>([
    {
      what: 'in a config',
      files: config('\nthrow new Error("boom");'),
      says: /rowproof\.config\.mjs cannot be loaded: boom \(rowproof\.config\.mjs:2\)/,
    },
    {
      what: 'in a config, that is none',
      files: config('\nthrow null;'),
      says: /rowproof\.config\.mjs cannot be loaded: null/,
    },
    {
      what: 'in an awaited promise of a config',
      files: config('\nawait Promise.reject(new RangeError("boom"));'),
      says: /cannot be loaded: boom \(rowproof\.config\.mjs:2\)/,
    },
    {
      what: 'of syntax, in a seed',
      files: { 'seeds/1_a.ts': '\nexport default () => {' },
      says: /seeds\/1_a\.ts cannot be loaded: .*\(seeds\/1_a\.ts:2\)/,
    },
    {
      what: 'of an import, in a seed',
      files: { 'seeds/1_a.ts': "\nimport 'no-such-package';\nexport default () => {};" },
      says: /seeds\/1_a\.ts cannot be loaded: Cannot find .*no-such-package/,
    },
    { what: 'in a seed', files: seed('throw new Error("boom");'), says: /seeds\/1_a\.ts:2: .*boom/ },
    { what: 'of SQL in a seed', files: seed('run("SELEC 1");'), says: /seeds\/1_a\.ts:2: .*syntax error/ },
    {
      what: 'of a row in a seed',
      files: seed('\ninsert("a", { c: 1 });'),
      says: /seeds\/1_a\.ts:3: .*no column named c/,
    },
    {
      what: 'in connect',
      files: keys('connect() {\nthrow new Error("boom"); },'),
      says: /connect\(db\) of the config threw at rowproof\.config\.ts:3: boom/,
    },
    {
      what: 'of an extension in connect',
      files: keys('connect(db) {\ndb.loadExtension("no-such-extension"); },'),
      says: /connect\(db\) of the config threw at rowproof\.config\.ts:3: .*no-such-extension/,
    },
    {
      what: 'in an asynchronous connect',
      files: keys('async connect() {\nthrow new Error("boom"); },'),
      says: /asynchronous/,
    },
    {
      what: 'in a maker',
      files: keys(`makers: { 'a.b': () => {\nthrow new Error('boom'); } },`),
      says: /The maker of a\.b threw at row 0: boom \(rowproof\.config\.ts:3\)/,
    },
    {
      what: 'in an asynchronous maker',
      files: keys(`makers: { 'a.b': async () => { throw 1; } },`),
      says: /a\.b gave a promise/,
    },
    {
      what: 'of an invariant',
      files: { 'seeds/invariants/1_a.sql': '-- one\nSELECT * FROM no_such' },
      says: /seeds\/invariants\/1_a\.sql.* cannot run: no such table: no_such/,
    },
  ])('$what has its file and line', (misdeed) => expectEnd(misdeed));
});

describe('a job on a production file shows no words of the project', () => {
  const thrown = "throw new Error('MARKER')";
  test.for([
    ['connect', `${thrown};`],
    ['a promise', "db.function('f', {}, () => 1); Promise.reject(new Error('MARKER'));"],
    ['a timer', `db.function('f', {}, () => { setTimeout(() => { ${thrown}; }, 0); return 1; });`],
  ])('by %s', ([_by, code]) => {
    const cwd = folderWith({
      'migrations/1_a.sql': 'CREATE TABLE a (b);',
      'migrations/2_b.sql': 'SELECT f() FROM a;',
      ...keys(`connect(db) {\n${code} },`),
    });
    const db = new Sqlite(`${cwd}/p.db`);
    db.exec("CREATE TABLE a (b); INSERT INTO a VALUES ('MARKER')");
    db.close();
    const { status, stdout, stderr } = rowproof(['gate', '--db', 'p.db', '--at', '1'], { cwd });
    expect(stdout + stderr).not.toContain('MARKER');
    expect(stderr).toMatch(/^rowproof: .* at rowproof\.config\.ts:3\.\n {2}.*`rowproof check`.*\n$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
