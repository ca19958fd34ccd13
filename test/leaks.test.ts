/** A fast part of test/hostile/leaks.deep.test.ts: what leaked once, on one schema, and what may not be lost by hiding it. */
import { join } from 'node:path';
import { inspect } from 'node:util';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate, render } from '../src/api.ts';
import { HarnessError } from '../src/errors.ts';
import { sealed } from '../src/harness/sealed.ts';
import { type Format, reporters } from '../src/report/reporters.ts';
import { some } from './breadth.ts';
import { rowproof } from './cli/run.ts';
import { gate } from './gate-source.ts';
import { attacks } from './hostile/attacks.ts';
import { markedProduction, tell } from './hostile/leak-run.ts';
import { createRandom, markedSchema, marker, traceIn } from './hostile/leaking.ts';
import { folderWith } from './temporary.ts';

const once = [
  'json path',
  'stored',
  'unreadable path',
  'raise like no such function: ',
  'raise like UNIQUE constraint failed: people.',
  'function that names itself',
  'function with causes',
  'invariant',
  'invariant that calls',
  'fts match',
  'rtree',
];

describe.each(['better-sqlite3', 'node'] as const)('no value of production is shown on %s', (engine) => {
  test.each(
    some(
      attacks.filter(({ name }) => once.includes(name)),
      2,
    ),
  )('by $name', async (attack) => {
    const schema = markedSchema(createRandom(7));
    const texts = await tell(schema, await markedProduction(schema), attack, schema.tables[0], { engine });
    expect(Object.keys(texts).length).toBeGreaterThan(4);
    expect(Object.entries(texts).filter(([, text]) => traceIn(text) !== null)).toEqual([]);
  });
});

/** A production database with one table and rows, at version 1, and a folder with what is pending. */
async function production(init: string, rows: string, pending: string): Promise<{ m: string; file: string }> {
  const folder = folderWith({ 'm/1_init.sql': init });
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file });
  new Sqlite(file).exec(rows).close();
  return { m: join(folderWith({ 'm/1_init.sql': init, 'm/2_next.sql': pending }), 'm'), file };
}

describe('messages of SQLite about the schema alone are shown', () => {
  test.each<[string, string, string]>([
    ['a constant', 'UPDATE t SET a = json_extract(a, 1);', 'malformed JSON'],
    ['names of columns', 'CREATE UNIQUE INDEX u ON t (b);', 'UNIQUE constraint failed: t.b'],
    ['the name of an index', 'CREATE UNIQUE INDEX u ON t (lower(b));', "UNIQUE constraint failed: index 'u'"],
    [
      'names of a table that the migration makes',
      'CREATE TABLE "new t" ("a b" NOT NULL); INSERT INTO "new t" SELECT NULL FROM t;',
      'NOT NULL constraint failed: new t.a b',
    ],
    [
      'the condition of a CHECK',
      'CREATE TABLE n (a, CHECK (a   IS NULL)); INSERT INTO n SELECT a FROM t;',
      'CHECK constraint failed: a   IS NULL',
    ],
    ['a CHECK of ADD COLUMN', 'ALTER TABLE t ADD COLUMN c CHECK (b IS NULL);', 'CHECK constraint failed'],
  ])('%s', async (_name, sql, message) => {
    const { m, file } = await production('CREATE TABLE t (a, b);', "INSERT INTO t VALUES ('x', 'y'), ('z', 'y')", sql);
    const { findings } = await gate({ migrations: m }, { file });
    expect(findings.map((finding) => finding.message)).toEqual([message]);
    expect((await migrate({ migrations: m }, { file })).failed?.message).toBe(message);
  });

  test('the migrator reports a statement that does not compile', async () => {
    const { m, file } = await production('CREATE TABLE t (a);', '', 'INSERT INTO t VALUES (stranger);');
    expect((await migrate({ migrations: m }, { file })).failed?.message).toBe('no such column: stranger');
  });
});

test.each<[string, string, string]>([
  [
    'NULL',
    'CREATE TABLE u (id TEXT PRIMARY KEY, a TEXT NOT NULL); INSERT INTO u SELECT id, nullif(a, id) FROM t;',
    'fails-on-rows',
  ],
  ['duplicates', 'CREATE UNIQUE INDEX t_a ON t (substr(a, 1, 3));', 'fails-on-rows'],
  [
    'a trigger',
    "CREATE TRIGGER g BEFORE UPDATE ON t BEGIN SELECT raise(ABORT, 'no'); END; UPDATE t SET a = a;",
    'fails-on-rows',
  ],
  [
    'a default',
    "CREATE TABLE u (id TEXT PRIMARY KEY, a TEXT DEFAULT 'x'); INSERT INTO u (id) SELECT id FROM t; DROP TABLE t; ALTER TABLE u RENAME TO t;",
    'values-changed',
  ],
  [
    'a lost row',
    'CREATE TABLE u (id TEXT PRIMARY KEY, a TEXT); INSERT INTO u SELECT * FROM t LIMIT 1; DROP TABLE t; ALTER TABLE u RENAME TO t;',
    'rows-lost',
  ],
])('the rows at fault over %s are counted, and no format shows a key or a value', async (_name, pending, code) => {
  const rows = `INSERT INTO t VALUES ('${marker}1', '${marker}1'), ('${marker}2', '${marker}3')`;
  const { m, file } = await production('CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT);', rows, pending);
  const report = await gate({ migrations: m }, { file });
  expect(report.findings.map((finding) => finding.code)).toEqual([code]);
  expect(report.findings[0]?.faults[0]?.rows).toBeGreaterThan(0);
  const formats = Object.keys(reporters).filter((name): name is Format => name in reporters);
  for (const format of formats) expect(traceIn(render(report, format))).toBeNull();
  // Whoever asks for values sees them.
  const shown = await gate({ migrations: m, includeValues: true, rewrites: false }, { file });
  expect(render(shown, 'json')).toContain(marker);
});

test('rows that could not be read before are not attributed to later migrations', async () => {
  const files = {
    'm/1_init.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
    'm/2_b.sql': "ALTER TABLE t ADD COLUMN b INTEGER AS (json_extract(a, '$.b')) VIRTUAL;",
    'm/3_more.sql': 'CREATE TABLE other (x); ALTER TABLE t RENAME COLUMN b TO c; ALTER TABLE t RENAME TO u;',
    'm/4_again.sql': "ALTER TABLE u ADD COLUMN d AS (json_extract(a, '$.d')) VIRTUAL;",
  };
  const folder = folderWith(files);
  const [m, file] = [join(folder, 'm'), join(folder, 'app.db')];
  await migrate({ migrations: m }, { file, to: 1 });
  new Sqlite(file).exec("INSERT INTO t VALUES (1, 'plain')").close();
  await migrate({ migrations: m }, { file, to: 2 });
  const { findings } = await gate({ migrations: m }, { file });
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    ['rows-unreadable', 'u.d cannot be read in 1 of 1 row: malformed JSON'],
  ]);
});

test('the command prints no value either, with its stack or without', async () => {
  const schema = markedSchema(createRandom(7));
  const file = await markedProduction(schema);
  const attack = attacks.find(({ name }) => name === 'unreadable path');
  const folder = folderWith({
    'm/1_init.sql': schema.sql,
    'm/2_attack.sql': attack?.sql(schema.tables[0]) ?? '',
    's/invariants/2_rule.sql': `SELECT derived FROM ${schema.tables[0].name}`,
  });
  const runs = [
    ['gate', '--db', file, join(folder, 'm'), '--seeds', join(folder, 's')],
    ['gate', '--db', file, join(folder, 'm'), '--seeds', join(folder, 'm'), '--format', 'json'],
    ['profile', '--db', file],
    ['migrate', '--db', file, join(folder, 'm')],
    ['profile', '--db', file],
  ];
  for (const args of some(runs, 1)) {
    const { stdout, stderr, status } = rowproof(args);
    expect(status).not.toBeNull();
    expect([args.join(' '), traceIn(stdout + stderr)]).toEqual([args.join(' '), null]);
  }
});

test('a report for a terminal says how to show the words', async () => {
  const { m, file } = await production(
    'CREATE TABLE t (a);',
    "INSERT INTO t VALUES ('x')",
    "UPDATE t SET a = json_extract('{}', a);",
  );
  const text = render(await gate({ migrations: m }, { file }), 'terminal');
  expect(text).toContain('SQLite: SQLITE_ERROR (its words may hold values); --include-values shows them');
});

describe('errors of a job on production', () => {
  const value = 'Zq7Marker\n    at Zq7Marker (/Zq7Marker.ts:1:1)';
  const named = Object.assign(new Error(value), { name: value, code: value, secret: value });
  const deep = new Error('outer', { cause: new TypeError(value, { cause: value }) });
  const circular = new Error(value);
  circular.cause = circular;
  const quoting = new HarnessError('bad-config', `x threw: ${value}.`, {
    remedy: `Mend ${value}.`,
    facts: { what: value, line: 3 },
    cause: new Error(value),
  });

  test.each<[string, unknown]>([
    ['a bug', new TypeError(value)],
    ['an error with a name of its own', named],
    ['an error with causes', deep],
    ['several at once', new AggregateError([new Error(value)], value)],
    ['a text', value],
    ['an error that is its own cause', circular],
    ['an object without a text', Object.create(null, { value: { value } })],
    ['an error with a stack that is none', Object.assign(new Error(value), { stack: { value } })],
    ['words of SQLite with more about them', Object.assign(new Error('malformed JSON', { cause: value }), { value })],
    [
      'an error of the file system with more about it',
      Object.assign(new Error('ENOENT'), { syscall: 'open', code: 'ENOENT', value }),
    ],
    ['an object', { value }],
    ['an error that quotes its cause', quoting],
    ['one that quotes a cause of its cause', new HarnessError('bad-config', `it says ${value}`, { cause: deep })],
  ])('%s shows no value of a row', async (_name, thrown) => {
    const error: unknown = await sealed(false, () => Promise.reject(thrown)).catch((caught: unknown) => caught);
    expect(traceIn(inspect(error, { depth: 9, showHidden: true }))).toBeNull();
    expect(error).toBeInstanceOf(Error);
    // A user who asked for values gets the error unchanged.
    await expect(sealed(true, () => Promise.reject(thrown))).rejects.toBe(thrown);
  });

  test('keep their kind, their place and their remedy', async () => {
    const error: unknown = await sealed(false, () => Promise.reject(quoting)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'bad-config',
      message: 'x threw: Error (its words may hold values).',
      remedy: 'Mend Error (its words may hold values).',
      facts: { what: 'Error (its words may hold values)', line: 3 },
    });
    expect(error instanceof Error && error.stack).toMatch(/\n {4}at .*leaks\.test\.ts:\d+/);
    const bug: unknown = await sealed(false, () => Promise.reject(new TypeError('Cannot read x'))).catch(
      (e: unknown) => e,
    );
    expect(bug instanceof Error && bug.stack).toMatch(
      /^TypeError: TypeError \(its words may hold values\)\n {4}at .*leaks\.test\.ts/,
    );
  });
});
