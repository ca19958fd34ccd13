/** SQLite's errors while rows are read, counted, checked or compared are findings or clear errors, and never bugs of ours. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, render } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Connection } from '../src/model/connection.ts';
import type { Report } from '../src/model/report.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const brief = ({ findings }: Report): unknown[] =>
  findings.map(({ code, cause, severity, table, statement }) => [code, cause, severity, table, statement]);

describe.each(['better-sqlite3', 'node'] as const)('on %s', (engine) => {
  async function run(files: Readonly<Record<string, string>>, config: Config = {}): Promise<Report> {
    const placed = Object.entries(files).map(([name, text]) => [name.includes('/') ? name : `m/${name}`, text]);
    const folder = folderWith({ 's/.keep': '', ...Object.fromEntries(placed) });
    const dataset = config.dataset ?? (files['s/1.sql'] === undefined ? ['one-row'] : ['fixture']);
    return check({ migrations: join(folder, 'm'), seeds: join(folder, 's'), engine, ...config, dataset });
  }

  const virtual = {
    '1.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
    's/1.sql': "INSERT INTO t VALUES (1, 'plain'), (2, '{}');",
    '2.sql': "CREATE TABLE x (y); ALTER TABLE t ADD COLUMN b AS (json_extract(a, '$.b')) VIRTUAL;",
  };

  test('a column that has no value for some rows is reported once, with its rows', async () => {
    const report = await run({ ...virtual, '3.sql': 'CREATE TABLE z (y);', '4.sql': 'ALTER TABLE t RENAME TO u;' });
    expect(brief(report)).toEqual([['rows-unreadable', 'malformed-json', 'error', 't', 2]]);
    expect(report.findings[0]?.facts).toMatchObject({
      tables: [{ table: 't', column: 'b', rows: 1, of: 2, keys: { columns: ['id'], rows: [[1]] } }],
    });
    expect(render(report, 'terminal')).toContain('t.b cannot be read in 1 of 2 rows: malformed JSON.\n    In t: id 1.');
  });

  test('steps on other tables do not report it again', async () => {
    const others = Array.from({ length: 9 }, (_, i) => `CREATE TABLE o${i} (id INTEGER PRIMARY KEY, a TEXT);`).join('');
    const report = await run({
      ...virtual,
      '1.sql': virtual['1.sql'] + others,
      '3.sql': "INSERT INTO o1 (a) VALUES ('x'); ALTER TABLE o2 ADD COLUMN b;",
      '4.sql': "UPDATE o1 SET a = 'y';",
      '5.sql': "ALTER TABLE t ADD COLUMN c AS (json_extract(a, '$.c')) VIRTUAL;",
      '6.sql': 'CREATE TABLE p AS SELECT * FROM o1;',
    });
    expect(report.findings.map(({ code, migration, message }) => [code, migration, message])).toEqual([
      ['rows-unreadable', '2', 't.b cannot be read in 1 of 2 rows: malformed JSON'],
      ['rows-unreadable', '5', 't.c cannot be read in 1 of 2 rows: malformed JSON'],
    ]);
  });

  test.each(['WITHOUT ROWID', ''])('rows are counted in a table %s with a text key', async (ending) => {
    const report = await run({
      ...virtual,
      '1.sql': `CREATE TABLE t (id TEXT, rowid TEXT, a TEXT, PRIMARY KEY (id)) ${ending};`,
      's/1.sql': "INSERT INTO t VALUES ('p', '', 'plain'), ('q', '', '{}');",
    });
    expect(report.findings.map(({ message }) => message)).toEqual([
      't.b cannot be read in 1 of 2 rows: malformed JSON',
    ]);
  });

  test('it can be allowed, by table and by column', async () => {
    for (const place of ['t', 't.b']) {
      const claim = `-- rowproof: allow rows-unreadable ${place} -- nobody reads it yet\n`;
      const report = await run({ ...virtual, '2.sql': claim + virtual['2.sql'] });
      expect(brief(report)).toEqual([]);
      expect(report.notes.map(({ kind }) => kind)).toEqual(['allowed']);
    }
  });

  test('a later failure is reported too, and leaves the earlier state', async () => {
    const report = await run({ ...virtual, '3.sql': 'CREATE TABLE c AS SELECT * FROM t;' }, { transaction: 'none' });
    expect(brief(report)).toEqual([
      ['rows-unreadable', 'malformed-json', 'error', 't', 2],
      ['fails-on-rows', 'malformed-json', 'error', 't', 1],
    ]);
  });

  test('migrations over it can be interrupted', async () => {
    const report = await run(
      { ...virtual, '3.sql': 'CREATE TABLE c (d); CREATE TABLE e (f); UPDATE x SET y = 1;' },
      { transaction: 'none', interrupt: true },
    );
    expect(brief(report).map((each) => JSON.stringify(each))).toContain(
      JSON.stringify(['rows-unreadable', 'malformed-json', 'error', 't', 2]),
    );
  });

  test('a constraint that cannot be checked', async () => {
    const report = await run({
      '1.sql': "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (json_extract(a, '$.b') IS NOT 3));",
      's/1.sql': "INSERT INTO t VALUES (1, '{}');",
      '2.sql': "PRAGMA ignore_check_constraints = ON; UPDATE t SET a = 'plain';",
    });
    expect(brief(report)).toEqual([['rows-unreadable', 'malformed-json', 'error', 't', null]]);
    expect(report.findings[0]?.message).toBe('t cannot be read: malformed JSON');
  });

  test('a full-text table without its content table', async () => {
    const report = await run({
      '1.sql': `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
        CREATE VIRTUAL TABLE f USING fts5(a, content='t', content_rowid='id');`,
      '2.sql': 'DROP TABLE t;',
      '3.sql': 'CREATE TABLE z (y);',
    });
    expect(brief(report).map((each) => JSON.stringify(each))).toContain(
      JSON.stringify(['rows-unreadable', 'rows-unreadable', 'error', 'f', null]),
    );
    expect(report.findings.filter(({ table, code }) => table === 'f' && code === 'rows-lost')).toEqual([]);
  });

  describe('a function of the application', () => {
    const registering =
      (body: (...values: never[]) => unknown) =>
      (db: Connection): void =>
        // A project in JavaScript may give anything.
        void Reflect.apply(db.function, db, ['slug', { deterministic: true }, (value: never) => body(value)]);
    const files = {
      '1.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
      '2.sql': 'UPDATE t SET a = slug(a);',
    };

    test.each<[string, (value: never) => unknown, string]>([
      [
        'throws',
        () => {
          throw new Error('no such word');
        },
        'slug() failed: no such word',
      ],
      [
        'throws a value other than an error',
        () => {
          throw 'a text';
        },
        'slug() failed: a text',
      ],
      ['is asynchronous', async () => 'x', 'slug() failed: it gave a promise, and SQLite does not wait for one'],
      ['gives an object', () => ({}), 'slug() failed: it gave an object'],
      ['gives a boolean', () => true, 'slug() failed: it gave a boolean'],
      ['gives too large an integer', () => 2n ** 70n, 'slug() failed: it gave a bigint'],
    ])('that %s fails the migration', async (_name, body, message) => {
      const report = await run(files, { connect: registering(body) });
      expect(report.findings.map(({ code, message: said }) => [code, said])).toEqual([['fails-on-rows', message]]);
    });

    test('that throws on a row that is read is reported', async () => {
      const connect = registering((value: unknown) => {
        throw new TypeError(`what is ${value}?`);
      });
      const report = await run({ ...files, '2.sql': 'ALTER TABLE t ADD COLUMN b AS (slug(a));' }, { connect });
      expect(brief(report)).toEqual([['rows-unreadable', 'rows-unreadable', 'error', 't', 1]]);
    });

    test('that throws on rows of production is named, without a value', async () => {
      const init = { 'm/1.sql': files['1.sql'] };
      const folder = folderWith(init);
      const file = join(folder, 'app.db');
      await migrate({ migrations: join(folder, 'm') }, { file });
      new Sqlite(file).exec("INSERT INTO t VALUES (1, 'SECRET')").close();
      const m = join(folderWith({ ...init, 'm/2.sql': files['2.sql'] }), 'm');
      const connect = registering((value: unknown) => {
        throw new Error(`what is ${value}?`);
      });
      const { findings } = await gate({ migrations: m, engine, connect }, { file });
      expect(findings.map(({ message }) => message)).toEqual([
        'SQLITE_ERROR (its words may hold values); --include-values shows them',
      ]);
    });
  });

  describe('in production', () => {
    /** A production database at version 1, changed by hand, and the folder of its migrations. */
    async function production(sql: string, more: Readonly<Record<string, string>> = {}): Promise<[Config, string]> {
      const init = { 'm/1.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);' };
      const folder = folderWith({ ...init, ...more });
      const file = join(folder, 'app.db');
      await migrate({ migrations: join(folderWith(init), 'm') }, { file });
      const db = new Sqlite(file);
      db.function('slug', { deterministic: true }, (text) => text);
      db.exec(sql).close();
      return [{ migrations: join(folder, 'm'), engine, seeds: join(folderWith({ 's/.keep': '' }), 's') }, file];
    }
    const next = { 'm/2.sql': 'CREATE TABLE z (y);' };
    const unreadable = "INSERT INTO t VALUES (1, 'SECRET'); ALTER TABLE t ADD COLUMN b AS (json_extract('{}', a));";

    test('columns that were unreadable before are not attributed to pending migrations', async () => {
      const [config, file] = await production(unreadable, next);
      expect(brief(await gate(config, { file }))).toEqual([['schema-differs', 'schema-drift', 'warning', 't', null]]);
    });

    test('an assumption about such a column cannot be checked', async () => {
      const assume = '-- rowproof: assume t.b is not null -- so they say\n';
      const [config, file] = await production(unreadable, { 'm/2.sql': assume + next['m/2.sql'] });
      await expect(gate(config, { file })).rejects.toMatchObject({
        code: 'rows-unreadable',
        message: 'The column t.b cannot be read: SQLITE_ERROR (its words may hold values).',
        cause: { message: 'SQLITE_ERROR (its words may hold values)' },
      });
    });

    test('an unregistered function is named', async () => {
      const [config, file] = await production('ALTER TABLE t ADD COLUMN b AS (slug(a));', next);
      await expect(gate(config, { file })).rejects.toMatchObject({
        code: 'function-missing',
        message: 'The schema uses the function slug, which is not registered.',
      });
    });

    test('the error on an unreadable ledger shows no value', async () => {
      const ledger = `DROP TABLE _migrations; CREATE TABLE _migrations (version, x TEXT, name AS (json_extract('{}', x)));`;
      const [config, file] = await production(`${ledger} INSERT INTO _migrations (version) VALUES (1);`, next);
      const db = new Sqlite(file);
      db.exec("ALTER TABLE _migrations RENAME TO m2; CREATE TABLE _migrations AS SELECT 1 AS version, 'SECRET' AS x");
      db.exec("ALTER TABLE _migrations ADD COLUMN name AS (json_extract('{}', x)); DROP TABLE m2").close();
      const error: unknown = await gate(config, { file }).catch((thrown: unknown) => thrown);
      expect(String(error)).not.toContain('SECRET');
    });
  });
});
