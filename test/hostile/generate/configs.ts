import type { Kind } from '../input.ts';
import type { Random } from '../random.ts';
import { ledgerOf } from './ledger.ts';
import { jsValues, throwing } from './seeds.ts';

const keys = [
  'migrations',
  'seeds',
  'base',
  'dataset',
  'seed',
  'rows',
  'profile',
  'scale',
  'since',
  'directives',
  'engine',
  'foreignKeys',
  'transaction',
  'doubleQuotedStrings',
  'recursiveTriggers',
  'legacyAlterTable',
  'failOn',
  'strict',
  'includeValues',
  'maxDeleted',
  'interrupt',
  'connect',
  'makers',
  'limits',
  '__proto__',
  'nobody',
  'then',
  'default',
] as const;

const fitting: Readonly<Record<string, readonly [string, ...string[]]>> = {
  migrations: ["'m'", "'gone'", "''", "'m/'", "'./m'", "'m/1_a.sql'", "'\\u0000'", "'x'.repeat(5000)", "'m\\n'"],
  seeds: ["'seeds'", "'m'", "'gone'", "'m/1_a.sql'", "''"],
  base: ["'m/1_a.sql'", "'gone.db'", "'m'", "''", "'p.db'", "'package.json'"],
  dataset: ["['one-row']", "['typical', 'typical']", "['fixture']", "['profile']", '[]', "['nobody']", "'one-row'"],
  seed: ['0', '4294967295', '4294967296', '-1', '1.5'],
  rows: ['1', '0', '3', '1e9', '2.5'],
  profile: ["'gone.json'", "'package.json'", "'m'"],
  scale: ['0.0001', '1000', '1001', '0', '-1'],
  since: ['0', '1', '2', '3', '-1', '2 ** 53'],
  directives: [
    "{ '1_a': ['allow rows-lost a -- x'] }",
    "{ gone: ['foreign_keys=off'] }",
    "{ '1_a': [''] }",
    "{ '2_b': ['assume a.name is unique -- x', 'foreign_keys=off'] }",
    "{ __proto__: ['x'] }",
    "{ '1_a': ['-- rowproof: foreign_keys=off'] }",
  ],
  engine: ["'node'", "'better-sqlite3'", "'nobody'"],
  transaction: ["'none'", "'all-pending'", "'per-migration'"],
  failOn: ["'never'", "'warning'", "'error'"],
  maxDeleted: ['0', '100', '101', '20', '-1'],
};

const body = (random: Random): string =>
  random.weighted<string>([
    [3, throwing(random)],
    [1, 'db'],
    [1, "db.exec('SELECT 1')"],
    [2, `db.exec(${random.pick(jsValues)})`],
    [1, "db.exec('CREATE TABLE a (x)')"],
    [1, "db.exec('BEGIN')"],
    [1, "db.exec('SELEC')"],
    [
      2,
      `db.pragma(${random.pick(["'foreign_keys = OFF'", "'journal_mode = WAL'", "'query_only = ON'", "'locking_mode = EXCLUSIVE'", "'nobody'", "'busy_timeout = 1'", "'recursive_triggers = ON'", "'user_version = 7'"] as const)})`,
    ],
    [
      2,
      `db.function(${random.pick(["'f'", "'upper'", "''", "'x'.repeat(300)"] as const)}, ${random.pick(['{}', '{ deterministic: true }', '{ varargs: true }', '{ safeIntegers: true }', 'null'] as const)}, ${random.pick(['() => 1', `() => ${throwing(random)}`, `() => (${random.pick(jsValues)})`, 'async () => 1', '7'] as const)})`,
    ],
    [1, "db.loadExtension('gone')"],
    [1, 'db.close()'],
    [1, 'db.nobody()'],
    [1, 'return Promise.resolve()'],
    [1, "db.function('f', {}, (x) => { db.exec('SELECT 1'); return x; })"],
    [1, "db.prepare('SELECT 1').all()"],
    [1, 'db.transaction(() => 1)()'],
    [1, "db.prepare('SELECT 1 UNION SELECT 2').iterate().next()"],
    [1, 'db.backup && db.serialize && db.serialize()'],
    [1, 'db.unsafeMode && db.unsafeMode()'],
    [1, "db.table && db.table('made', { columns: ['a'], *rows() { yield [1]; } })"],
    [1, "db.aggregate && db.aggregate('f', { start: 0, step: (a, b) => a + b })"],
  ]);

const maker = (random: Random): string =>
  random.weighted<string>([
    [3, `() => (${random.pick(jsValues)})`],
    [2, `() => ${throwing(random)}`],
    [2, '({ index }) => index'],
    [1, '({ faker }) => faker.internet.email()'],
    [1, '({ faker }) => ({ name: faker.person.fullName(), nobody: 1 })'],
    [1, '({ row }) => row'],
    [1, 'async () => 1'],
    [1, '7'],
    [1, '({ index }) => ({ id: index % 2 })'],
    [1, '() => ({ id: 1 })'],
    [1, '(context) => { context.row.name = 1; return context; }'],
  ]);

const entry = (random: Random): string => {
  const key = random.pick(keys);
  const values = fitting[key];
  if (key === 'connect' && random.chance(0.8)) return `connect: (db) => { ${body(random)}; }`;
  if (key === 'makers' && random.chance(0.8)) {
    const name = random.pick([
      "'a.name'",
      'a',
      "'a.id'",
      "'gone.name'",
      "'a.gone'",
      "''",
      "'.'",
      "'a.name.x'",
      'constructor',
      "'f.body'",
      "'v'",
    ] as const);
    return `makers: { ${name}: ${maker(random)} }`;
  }
  return `${key}: ${values !== undefined && random.chance(0.7) ? random.pick(values) : random.pick(jsValues)}`;
};

const configText = (random: Random): string => {
  const object = `{ ${random.times(0, 3, () => entry(random)).join(', ')} }`;
  return random.weighted<string>([
    [16, `export default ${object};\n`],
    [1, `export default ${random.pick(jsValues)};\n`],
    [1, `export default () => (${object});\n`],
    [1, `export default Promise.resolve(${object});\n`],
    [1, `export const x = ${object};\n`],
    [
      1,
      `export default new Proxy(${object}, { get(t, k) { if (k === 'rows') throw new Error('get'); return t[k]; } });\n`,
    ],
    [
      1,
      `export default { get rows() { ${random.pick(['throw new Error("getter")', 'return 1', 'return this'] as const)}; } };\n`,
    ],
    [1, `${throwing(random)};\nexport default ${object};\n`],
    [1, `export default ${object}`.slice(0, -2)],
    [1, `import './gone.mjs';\nexport default ${object};\n`],
    [1, `export default Object.freeze(${object});\n`],
  ]);
};

const tables = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\nCREATE VIEW v AS SELECT 1;\n';

const project = {
  'm/1_a.sql': tables,
  'm/2_b.sql': 'ALTER TABLE a ADD COLUMN later TEXT;\nUPDATE a SET later = upper(name);\n',
  'package.json': '{"type":"module"}',
  'p.db': { kind: 'database', sql: [tables, "INSERT INTO a VALUES (1, 'Zq7Secret'), (2, 'y')", ...ledgerOf([1])] },
} as const;

const commandOf = (random: Random): string[] =>
  random.weighted<string[]>([
    [6, ['check', 'm', '--rows', '3']],
    [1, ['check']],
    [2, ['gate', '--db', 'p.db', 'm']],
    [1, ['profile', '--db', 'p.db', 'm']],
    [1, ['seed', '-o', 'made.db', 'm', '--rows', '3']],
    [1, ['migrate', '--db', 'p.db', 'm', '--dry-run']],
  ]);

/** Configs that a worker outlives. */
export const configs: Kind = {
  name: 'configs',
  tries: { worker: 900, command: 10 },
  generate: (random) => {
    const file = random.pick([
      'rowproof.config.mjs',
      'rowproof.config.ts',
      'rowproof.config.js',
      'rowproof.config.mts',
    ] as const);
    return {
      files: {
        ...project,
        [file]: configText(random),
        ...(random.chance(0.05) ? { 'seeds/1_a.sql': "INSERT INTO a VALUES (1, 'x');" } : {}),
      },
      args: [
        ...commandOf(random),
        ...(random.chance(0.1)
          ? ['--config', random.pick([file, 'gone.ts', 'm', 'package.json', 'p.db', ''] as const)]
          : []),
      ],
      outputs: ['made.db'],
      secrets: !/includeValues/.test(file),
    };
  },
};

const ends = [
  'process.exit(0)',
  'process.exit(1)',
  'process.exit(2)',
  'process.exit(13)',
  'process.exitCode = 0',
  'process.exitCode = 7',
  "process.kill(process.pid, 'SIGTERM')",
  'process.abort()',
  'process.reallyExit(0)',
  "Promise.reject(new Error('late'))",
  'Promise.reject(undefined)',
  "setTimeout(() => { throw new Error('late'); }, 0)",
  "setTimeout(() => { throw new Error('later'); }, 50)",
  'setTimeout(() => process.exit(0), 0)',
  'setImmediate(() => process.exit(0))',
  'setInterval(() => {}, 1000)',
  "process.on('exit', () => { process.exitCode = 0; })",
  "process.on('exit', () => process.exit(0))",
  "process.on('exit', () => { throw new Error('at exit'); })",
  'process.stdout.end()',
  'console.log = () => { throw new Error("log"); }',
  "console.log('from the config')",
  'process.chdir("/")',
  "process.nextTick(() => { throw new Error('tick'); })",
  'queueMicrotask(() => { throw new Error("micro"); })',
  'process.exit = () => {}',
  "process.env.TMPDIR = '/nowhere'",
  'process.umask(0o777)',
  "process.removeAllListeners('exit')",
  'require("node:fs")',
  'new Promise(() => {})',
  "process.on('uncaughtException', () => {})",
  "process.on('unhandledRejection', () => {}); Promise.reject(1)",
] as const;

/** Programs of users that end the process, or try to: each runs in a process of its own. */
export const programs: Kind = {
  name: 'programs',
  tries: { command: 60 },
  generate: (random) => {
    const end = random.pick(ends);
    const isAwaited = random.chance(0.1);
    const where = random.pick(['config', 'connect', 'function', 'maker', 'seed', 'seed-body'] as const);
    const does = isAwaited ? 'await new Promise(() => {})' : end;
    const files: Record<typeof where, Record<string, string>> = {
      config: { 'rowproof.config.mjs': `${does};\nexport default {};\n` },
      connect: { 'rowproof.config.mjs': `export default { connect: (db) => { ${end}; } };\n` },
      function: {
        'rowproof.config.mjs': `export default { connect: (db) => { db.function('f', {}, () => { ${end}; return 1; }); } };\n`,
        'm/3_c.sql': 'UPDATE a SET name = f();',
      },
      maker: { 'rowproof.config.mjs': `export default { makers: { 'a.name': () => { ${end}; return 'x'; } } };\n` },
      seed: { 'seeds/1_a.mjs': `${does};\nexport default ({ insert }) => { insert('a', { name: 'x' }); };\n` },
      'seed-body': { 'seeds/1_a.mjs': `export default ({ insert }) => { insert('a', { name: 'x' }); ${end}; };\n` },
    };
    return { files: { ...project, ...files[where] }, args: ['check', 'm', '--rows', '3'] };
  },
};
