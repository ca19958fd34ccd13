import type { Kind } from '../input.ts';
import type { Random } from '../random.ts';
import { unusual } from './characters.ts';
import { nameOf } from './names.ts';
import { expressionOf, literalOf } from './values.ts';

const tables = `CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, total REAL NOT NULL DEFAULT 0);
CREATE TABLE b (a_id INTEGER REFERENCES a(id), body TEXT UNIQUE, CHECK (length(body) < 100));
CREATE TABLE s (k TEXT PRIMARY KEY, n INTEGER) STRICT, WITHOUT ROWID;
CREATE VIEW v AS SELECT * FROM a;
CREATE VIRTUAL TABLE f USING fts5(body);
`;

const statement = (random: Random): string => {
  const to = random.pick([
    'a',
    'a',
    'b',
    's',
    'v',
    'f',
    'f_data',
    'sqlite_schema',
    'sqlite_sequence',
    'gone',
    'temp.a',
    '_migrations',
  ] as const);
  const value = (): string => (random.chance(0.7) ? literalOf(random) : expressionOf(random, [], 2));
  return random.weighted<string>([
    [8, `INSERT INTO ${to} VALUES (${random.times(1, 3, value).join(', ')})`],
    [5, `INSERT INTO a (name, total) VALUES (${value()}, ${value()})`],
    [2, `INSERT INTO b VALUES (${value()}, ${value()})`],
    [1, `INSERT INTO a (name) VALUES (${random.pick(['?', ':a', '@a', '$a', '$a(;)', '?2', '#1'] as const)})`],
    [1, `INSERT INTO a (name) VALUES (${value()}) RETURNING *`],
    [1, `UPDATE a SET name = ${expressionOf(random, ['name', 'total'])}`],
    [1, 'DELETE FROM a'],
    [1, 'SELECT * FROM a'],
    [
      1,
      random.pick([
        'BEGIN',
        'COMMIT',
        'ROLLBACK',
        'SAVEPOINT s',
        'RELEASE s',
        'ROLLBACK TO s',
        'BEGIN EXCLUSIVE',
      ] as const),
    ],
    [
      1,
      random.pick([
        'DROP TABLE a',
        'ALTER TABLE a ADD COLUMN z',
        'CREATE TABLE z (a)',
        'CREATE TEMP TABLE a (id)',
        'CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT RAISE(ABORT, 1); END',
        'DROP VIEW v',
        'CREATE UNIQUE INDEX i ON a (name)',
      ] as const),
    ],
    [
      1,
      random.pick([
        'PRAGMA foreign_keys = OFF',
        'PRAGMA query_only = ON',
        'PRAGMA ignore_check_constraints = ON',
        'PRAGMA user_version = 9',
        'PRAGMA writable_schema = ON',
        'VACUUM',
        'ANALYZE',
        'EXPLAIN SELECT 1',
      ] as const),
    ],
    [
      1,
      `INSERT INTO f (f, rank) VALUES ('${random.pick(['rebuild', 'optimize', 'integrity-check', 'delete-all', 'nobody'] as const)}', 1)`,
    ],
    [
      1,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${random.int(1, 300)}) INSERT INTO a (name) SELECT i FROM n`,
    ],
  ]);
};

const sqlSeed = (random: Random): string => {
  const text = random.times(0, 5, () => statement(random)).join(random.pick([';\n', ';', ';;\n', '; -- x\n'] as const));
  const at = random.int(0, text.length);
  return random.chance(0.3) ? text.slice(0, at) + unusual(random) + text.slice(at) : text;
};

/** Values as JavaScript gives them, most of them none of SQLite's. */
export const jsValues = [
  'null',
  'undefined',
  '0',
  '-0',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e308',
  '2 ** 53',
  '9223372036854775807n',
  '-9223372036854775808n',
  '9223372036854775808n',
  '10n ** 40n',
  "''",
  "'x'",
  "'\\u0000'",
  "'\\ud800'",
  "'\\u202e'",
  "'x'.repeat(100000)",
  'true',
  'false',
  '[]',
  '[1, [2]]',
  '{}',
  '{ a: { b: 1 } }',
  "Symbol('x')",
  'Symbol.iterator',
  '() => 1',
  'async () => 1',
  'new Date(0)',
  'new Date(NaN)',
  'new Date(8.64e15)',
  'new Uint8Array(3)',
  "Buffer.from('x')",
  'new Float64Array(2)',
  'new ArrayBuffer(4)',
  'new Map([[1, 2]])',
  'new Set([1])',
  '/x/g',
  'new Error("x")',
  'Promise.resolve(1)',
  'Object.create(null)',
  'new Proxy({}, {})',
  'new Proxy({}, { get() { throw new Error("get") }, ownKeys() { throw new Error("ownKeys") } })',
  '{ get a() { throw new Error("getter") } }',
  '{ toString() { throw new Error("toString") } }',
  '{ valueOf() { return 1 } }',
  '(() => { const a = {}; a.a = a; return a; })()',
  'new Number(1)',
  "new String('x')",
  'globalThis',
  'class A {}',
  'function* () { yield 1 }',
  '{ then(resolve) { resolve(1) } }',
  '{ toJSON() { throw new Error("toJSON") } }',
] as const;

/** Things that are thrown, few of them errors. */
const thrown = [
  'new Error("oh")',
  'new TypeError("\\u001b[31moh")',
  'null',
  'undefined',
  '1',
  "'text'",
  '{}',
  "Symbol('x')",
  'Object.create(null)',
  '{ toString() { throw 1 } }',
  'new Proxy({}, { get() { throw new Error("get") } })',
  '{ get message() { throw new Error("getter") } }',
  'Object.assign(new Error("x"), { code: "SQLITE_BUSY" })',
  'new AggregateError([new Error("a")], "many")',
  'new Error("x", { cause: new Error("y") })',
  'Object.defineProperty(new Error("x"), "message", { get() { throw 1 } })',
  'new Error("a\\nb\\n    at file:///x")',
  '[]',
  '0n',
  'Object.assign(new Error(), { name: 7 })',
  'Object.assign(new Error("x"), { stack: 7 })',
  'Object.setPrototypeOf(new Error("x"), null)',
] as const;

/** An expression of JavaScript that throws something. */
export function throwing(random: Random): string {
  return `(() => { throw ${random.pick(thrown)}; })()`;
}

const moduleSeed = (random: Random): string => {
  const value = (): string => random.pick(jsValues);
  const key = JSON.stringify(
    random.chance(0.7) ? random.pick(['id', 'name', 'total', 'a_id', 'body'] as const) : nameOf(random, 1),
  );
  const body = random.weighted<string>([
    [6, `insert('a', { ${key}: ${value()} })`],
    [3, `insert(${value()}, ${value()})`],
    [3, `insert('a', [{ name: 'x' }, ${value()}, { ${key}: ${value()} }])`],
    [2, `insert(${JSON.stringify(nameOf(random, 0.7))}, { a: 1 })`],
    [3, `run('INSERT INTO a (name) VALUES (?)', ${value()})`],
    [2, `run(${value()}, ${value()})`],
    [2, `query(${value()})`],
    [2, `run(${JSON.stringify(statement(random))})`],
    [2, `query(${JSON.stringify(statement(random))})`],
    [1, "query('SELECT 1; SELECT 2')"],
    [1, "run('')"],
    [1, "query(';')"],
    [1, "run('-- nothing')"],
    [1, 'insert()'],
    [1, "insert('a')"],
    [2, throwing(random)],
    [1, 'faker.helpers.arrayElement([])'],
    [1, 'faker.nobody.nothing()'],
    [1, `return ${value()}`],
    [1, "insert('a', {}); insert('b', { a_id: insert('a', { name: 'x' }), body: faker.lorem.word() })"],
    [1, "for (let i = 0; i < 500; i++) insert('a', { name: String(i) })"],
    [1, '(function f() { f(); })()'],
    [1, 'Object.prototype.toString.call(insert)'],
    [
      1,
      "insert('a', new Proxy({ name: 'x' }, { ownKeys: () => ['name', 'gone'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) }))",
    ],
    [1, "query('INSERT INTO a (name) VALUES (1)')"],
    [1, "run('BEGIN')"],
    [1, "run('SELECT 1')"],
    [1, "const rows = query('SELECT * FROM a'); insert('a', rows)"],
  ]);
  return random.weighted<string>([
    [12, `export default ({ insert, run, query, faker, version }) => { ${body}; };\n`],
    [1, `export default function* ({ insert }) { ${body}; }\n`],
    [1, `export default ${value()};\n`],
    [1, `export default class Seed { constructor({ insert }) { ${body}; } }\n`],
    [1, `${throwing(random)};\nexport default () => {};\n`],
    [1, `import './gone.mjs';\nexport default () => {};\n`],
    [1, `import { x } from 'rowproof-nobody';\nexport default () => {};\n`],
    [1, 'export default ({ insert }) => {\n'],
    [1, 'module.exports = () => {};\n'],
    [1, `export { default } from './${random.pick(['1_a.mjs', 'x.mjs', '../m/1_a.sql'] as const)}';\n`],
    [
      1,
      'export default (({ insert }: { insert: any }): void => { enum E { A } insert("a", { name: E.A }); }) satisfies unknown;\n',
    ],
    [1, `${unusual(random)}export default () => {};\n`],
    [1, ''],
    [1, '{"a": 1}'],
    [1, 'await 1;\nexport default () => {};\n'],
    [1, 'export default ({ insert }) => { insert("a", { name: import.meta.url, total: typeof require }); };\n'],
    [1, `export default ({ insert }) => ({ then(resolve) { resolve(${value()}); } });\n`],
  ]);
};

/** Hand-written rows, as SQL and as programs. */
export const seeds: Kind = {
  name: 'seeds',
  tries: { worker: 900, command: 10 },
  generate: (random) => {
    const isSql = random.chance(0.45);
    const ending = isSql ? 'sql' : random.pick(['mjs', 'mjs', 'mjs', 'ts', 'js', 'cjs', 'mts', 'cts'] as const);
    const more = random.chance(0.1)
      ? {
          [`seeds/${random.pick(['0_x.sql', '2_x.sql', '1_a.sql', 'x.sql', '1.sql', '01_b.sql', '99999999999999999999_x.sql', '1_x.txt', '1_x.SQL', '2_.ts', '1_x.d.ts'] as const)}`]:
            sqlSeed(random),
        }
      : {};
    return {
      files: {
        'm/1_a.sql': tables,
        'm/2_b.sql': 'ALTER TABLE a ADD COLUMN later TEXT;\nCREATE UNIQUE INDEX by_name ON a (name);\n',
        [`seeds/${random.int(1, 2)}_a.${ending}`]: isSql ? sqlSeed(random) : moduleSeed(random),
        ...(random.chance(0.5) ? { 'package.json': '{"type":"module"}' } : {}),
        ...more,
      },
      args: random.chance(0.2)
        ? ['seed', '-o', 'made.db', 'm', '--dataset', 'fixture']
        : [
            'check',
            'm',
            '--dataset',
            'fixture',
            ...(random.chance(0.2) ? ['--engine', 'node'] : []),
            ...(random.chance(0.3) ? ['--format', 'json'] : []),
          ],
      outputs: ['made.db'],
    };
  },
};
