/** Nothing that rowproof reads may open or write a file but the scratch copy, in whatever dress it comes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, profile, seed } from '../src/api.ts';
import { resolveConfig } from '../src/config.ts';
import { openMemory } from '../src/database/connection.ts';
import { permit } from '../src/database/guard/permit.ts';
import { HarnessError } from '../src/errors.ts';
import type { Config } from '../src/index.ts';
import { splitStatements } from '../src/sql/statements.ts';
import { share } from './breadth.ts';
import { gate } from './gate-source.ts';
import { specimens } from './specimens.ts';
import { folderWith } from './temporary.ts';

const engines = ['better-sqlite3', 'node'] as const;
const [bom, vt] = ['\ufeff', '\v'];

/** Ways to reach another database file, `P` standing for its name. */
const disguises: readonly (readonly [string, string])[] = [
  ['plain', "ATTACH 'P' AS prod; DELETE FROM prod.t;"],
  ['behind U+FEFF', `SELECT 1;\n${bom}ATTACH 'P' AS prod; DELETE FROM prod.t;`],
  ['behind U+FEFF in mid-line', `SELECT 1; ${bom}${bom} ATTACH 'P' AS prod; DELETE FROM prod.t;`],
  ['behind a vertical tab', `SELECT 1; ${vt}ATTACH 'P' AS prod; DELETE FROM prod.t;`],
  ['behind a comment', "/* ' */ATTACH/**/DATABASE 'P' AS prod; DELETE FROM prod.t;"],
  ['by a name', 'ATTACH "P" AS prod; DELETE FROM prod.t;'],
  ['by an expression', "ATTACH 'P' || '' AS prod; DELETE FROM prod.t;"],
  ['by a choice', "ATTACH CASE WHEN 1 THEN 'P' ELSE ':memory:' END AS prod; DELETE FROM prod.t;"],
  ['inside a parameter of an array', "SELECT $a(;ATTACH 'P' AS prod;DELETE FROM prod.t;)"],
  [
    'after ten databases in memory',
    `${Array.from({ length: 10 }, (_, i) => `ATTACH ':memory:' AS m${i};`).join('')}DETACH m1; ATTACH 'P' AS prod; DELETE FROM prod.t;`,
  ],
  ['by VACUUM INTO', "VACUUM INTO 'P.new';"],
  ['by VACUUM INTO behind U+FEFF', `SELECT 1;${bom}VACUUM${bom} main INTO 'P.new';`],
  ['by VACUUM INTO of an expression', "VACUUM INTO 'P' || '.new';"],
  ['by a folder of the process', "PRAGMA temp_store_directory = 'P.new';"],
  ['by EXPLAIN of such a PRAGMA', "EXPLAIN PRAGMA temp_store_directory = 'P.new';"],
  ['by CREATE TABLE AS of such a PRAGMA', "CREATE TABLE x AS PRAGMA temp_store_directory = 'P.new';"],
];

function production(folder: string): string {
  const file = join(folder, 'p.db');
  const db = new Sqlite(file);
  db.exec("CREATE TABLE t (a); INSERT INTO t VALUES ('kept')");
  db.close();
  return file;
}

/** Every way in which a text of the user's is run. */
const entries: Readonly<
  Record<string, (sql: string, file: string, folder: string, config: Config) => Promise<unknown>>
> = {
  'a migration under check': (_sql, _file, _folder, config) => check(config),
  'a migration under gate': (_sql, file, _folder, config) => gate(config, { file, at: 1 }),
  'a migration under migrate': (_sql, file, folder, config) => {
    const copy = join(folder, 'own.db');
    const db = new Sqlite(file, { readonly: true });
    db.prepare('VACUUM INTO ?').run(copy);
    db.close();
    return migrate(config, { file: copy, at: 1 });
  },
  'a migration under seed': (_sql, _file, folder, config) => seed(config, { file: join(folder, 'made.db') }),
};

const content = (file: string): string => readFileSync(file).toString('base64');

describe.each(engines)('under %s', (engine) => {
  // Neighbours among the ways in meet different disguises.
  let place = engines.indexOf(engine);
  describe.each(Object.entries(entries))('%s', (_entry, run) => {
    test.each(share(disguises, place++, 4))('cannot reach another file: %s', async (_name, disguise) => {
      const folder = folderWith({ 'm/1_t.sql': 'CREATE TABLE t (a);' });
      const file = production(folder);
      const sql = disguise.replaceAll('P', file);
      const config: Config = {
        migrations: folderWith({ '1_t.sql': 'CREATE TABLE t (a);', '2_x.sql': sql }),
        engine,
        dataset: ['one-row'],
      };
      const [bytes, names] = [content(file), readdirSync(folder)];
      await run(sql, file, folder, config).catch((error: unknown) => {
        if (!(error instanceof HarnessError)) throw error;
      });
      expect(content(file)).toBe(bytes);
      expect(readdirSync(folder).filter((name) => !/^(own|made)\.db/.test(name))).toEqual(names);
    });
  });

  describe.each([
    ['a seed in SQL', { 'seeds/1_x.sql': 'SQL' }, {}],
    [
      'a seed in TypeScript',
      { 'seeds/1_x.mjs': 'export default ({ run }) => { for (const sql of JSON.parse(`JSON`)) run(sql); };' },
      {},
    ],
    [
      'a query of a seed',
      { 'seeds/1_x.mjs': 'export default ({ query }) => { for (const sql of JSON.parse(`JSON`)) query(sql); };' },
      {},
    ],
    ['an invariant', { 'seeds/invariants/1_x.sql': 'SQL' }, {}],
    ['a base', { 'base.sql': 'SQL' }, { base: 'base.sql' }],
  ])('%s', (_name, files, more) => {
    test.each(share(disguises, place++, 4))('cannot reach another file: %s', async (_disguise, disguise) => {
      const own = folderWith();
      const file = production(own);
      const sql = disguise.replaceAll('P', file);
      const texts = JSON.stringify(splitStatements(sql).map((each) => each.sql))
        .replaceAll('\\', '\\\\')
        .replaceAll('`', '\\`');
      const folder = folderWith({
        'm/1_t.sql': 'CREATE TABLE t (a);',
        ...Object.fromEntries(
          Object.entries(files).map(([name, text]) => [
            name,
            text.replace('SQL', () => sql).replace('JSON`', () => `${texts}\``),
          ]),
        ),
      });
      const [bytes, names] = [content(file), readdirSync(own)];
      const seeds = existsSync(join(folder, 'seeds')) ? join(folder, 'seeds') : undefined;
      const base = 'base' in more ? { base: join(folder, 'base.sql') } : {};
      await check({ migrations: join(folder, 'm'), seeds, engine, ...base }).catch((error: unknown) => {
        if (!(error instanceof HarnessError)) throw error;
      });
      expect(content(file)).toBe(bytes);
      expect(readdirSync(own)).toEqual(names);
    });
  });

  test.each(share(disguises, place++, 4))('connect cannot reach another file: %s', async (_name, disguise) => {
    const folder = folderWith();
    const file = production(folder);
    const [bytes, names] = [content(file), readdirSync(folder)];
    const connect = (db: { exec: (sql: string) => unknown }): void => {
      db.exec(disguise.replaceAll('P', file));
    };
    await check({ migrations: folderWith({ '1_t.sql': 'CREATE TABLE t (a);' }), engine, connect }).catch(() => {});
    expect(content(file)).toBe(bytes);
    expect(readdirSync(folder)).toEqual(names);
  });

  test.each([
    ["ATTACH ':memory:' AS m"],
    ["ATTACH '' AS m"],
    ['VACUUM'],
    ['PRAGMA foreign_keys = OFF'],
    ['PRAGMA main.user_version = -7'],
    ["PRAGMA foreign_key_check('t')"],
    ['PRAGMA table_info("t");'],
    ['PRAGMA journal_mode(WAL)'],
    ['EXPLAIN QUERY PLAN SELECT * FROM t'],
    ['CREATE TABLE attachments (pragma, vacuum)'],
    ["INSERT INTO t VALUES ('ATTACH me; PRAGMA')"],
    ['-- vacuum\nSELECT 1'],
  ])('%s may run', (sql) => {
    const db = openMemory({ ...resolveConfig({}).settings, engine });
    db.exec('CREATE TABLE t (a)');
    expect(() => permit(db, sql, { file: 'f', line: 1 })).not.toThrow();
    db.close();
  });

  test.each([
    ["ATTACH 'x' AS m", /f:1 attaches another database file/],
    ["VACUUM INTO 'x'", /f:1 writes another file/],
    ['PRAGMA temp_store_directory', /f:1 sets PRAGMA temp_store_directory/],
    ['PRAGMA hard_heap_limit = 1', /hard_heap_limit/],
    ['PRAGMA foreign_keys = OFF; PRAGMA user_version', /of a form/],
    ['PRAGMA', /of a form/],
    ['EXPLAIN PRAGMA foreign_keys = OFF', /explains a PRAGMA/],
    ['EXPLAIN QUERY PLAN PRAGMA foreign_keys = OFF', /explains a PRAGMA/],
    ["\u200bATTACH 'x' AS m", null],
    ['ATTACH ? AS m', /has a parameter/],
    ['VACUUM INTO $name', /has a parameter|writes another file/],
    ["(ATTACH 'x')", /begins with "\("/],
    ['SELECT 1; PRAGMA foreign_keys = OFF', /more than one statement/],
  ])('%s may not', (sql, words) => {
    const db = openMemory({ ...resolveConfig({}).settings, engine });
    const refusal = refusalOf(() => permit(db, sql, { file: 'f', line: 1 }));
    if (words === null) expect(refusal).toMatchObject({ message: expect.stringMatching(/syntax error|unrecognized/) });
    else expect(refusal).toMatchObject({ code: 'statement-refused', message: expect.stringMatching(words) });
    db.close();
  });

  test('no PRAGMA changes during the check of a statement', () => {
    const db = openMemory({ ...resolveConfig({}).settings, engine });
    const names = [
      'foreign_keys',
      'recursive_triggers',
      'query_only',
      'defer_foreign_keys',
      'legacy_alter_table',
      'writable_schema',
      'ignore_check_constraints',
      'user_version',
      'schema_version',
      'journal_mode',
      'synchronous',
      'cache_size',
      'temp_store',
      'case_sensitive_like',
      'reverse_unordered_selects',
      'trusted_schema',
      'hard_heap_limit',
      'max_page_count',
    ];
    const state = (): unknown[] => names.map((name) => db.pragma(name));
    const before = state();
    const texts = specimens.flatMap(({ folder }) => migrationTexts(folder));
    const pragmas = names.flatMap((name) =>
      ['0', 'OFF', '1', 'ON', '7', 'WAL'].map((value) => `PRAGMA ${name} = ${value}`),
    );
    for (const sql of [
      ...texts,
      ...pragmas,
      ...pragmas.map((each) => `EXPLAIN ${each}`),
      ...pragmas.map((each) => `CREATE TABLE x AS ${each}`),
    ]) {
      try {
        permit(db, sql, { file: 'f', line: 1 });
      } catch {
        // It is refused, or does not compile on an empty database.
      }
    }
    expect(state()).toEqual(before);
    db.close();
  });
});

function refusalOf(run: () => void): unknown {
  try {
    run();
    return null;
  } catch (error) {
    return error;
  }
}

function migrationTexts(folder: string): string[] {
  const directory = join(folder, 'migrations');
  return readdirSync(directory).flatMap((name) =>
    splitStatements(readFileSync(join(directory, name), 'utf8')).map(({ sql }) => sql),
  );
}

test.each(engines)('%s prevents writes to the schema and to shadow tables', async (engine) => {
  const attacks = [
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'x';",
    "INSERT INTO f_data VALUES (1, x'00');",
    'DROP TABLE "f_idx";',
  ];
  for (const attack of attacks) {
    const migrations = folderWith({ '1_t.sql': 'CREATE VIRTUAL TABLE f USING fts5(a);', '2_x.sql': attack });
    const outcome = await check({ migrations, engine, dataset: ['one-row'] }).catch((error: unknown) => error);
    // Defensive mode makes it fail; where there is none, it is refused.
    if (outcome instanceof HarnessError) expect(outcome.code).toBe('statement-refused');
    else expect(outcome).toMatchObject({ findings: [{ code: 'fails-on-empty' }] });
  }
});

test('a migration that ends with query_only on is applied and recorded', async () => {
  const file = join(folderWith(), 'app.db');
  const migrations = folderWith({
    '1_t.sql': 'CREATE TABLE t (a);\nPRAGMA query_only = ON;',
    '2_u.sql': 'CREATE TABLE u (a);',
  });
  expect(await migrate({ migrations }, { file })).toEqual({ applied: ['1_t', '2_u'], failed: null });
});

test('a joined file with byte order marks inside runs as it does in SQLite', async () => {
  const migrations = folderWith({
    '1_t.sql': `CREATE TABLE t (a);\n${bom}CREATE TABLE u (b);${bom}\nINSERT INTO u VALUES (1);`,
  });
  const { findings } = await check({ migrations });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a seed may run queries, and omit parameters', async () => {
  const folder = folderWith({
    'm/1_t.sql': 'CREATE TABLE t (a INTEGER PRIMARY KEY, b);',
    'm/2_u.sql': 'INSERT INTO t (b) VALUES (?); INSERT INTO t (b) VALUES (1) RETURNING a;',
    'seeds/1_t.mjs': "export default ({ run }) => { run('INSERT INTO t (b) VALUES (?) RETURNING a', 1); };",
  });
  const { findings } = await check({ migrations: join(folder, 'm'), seeds: join(folder, 'seeds') });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test.each(engines)('%s takes an unbound parameter as NULL, as production does', async (engine) => {
  for (const parameter of ['?', '?1', ':a', '$a', '@a']) {
    const migrations = folderWith({
      '1_t.sql': 'CREATE TABLE t (a);',
      '2_x.sql': `INSERT INTO t VALUES (${parameter});`,
    });
    expect((await check({ migrations, engine })).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
});

test('connect and seeds must end the transactions that they begin', async () => {
  const folder = folderWith({
    'm/1_t.sql': 'CREATE TABLE t (a);',
    'seeds/1_t.mjs': "export default ({ run }) => { run('BEGIN'); };",
  });
  const migrations = join(folder, 'm');
  const begins = { migrations, connect: (db: { exec: (sql: string) => unknown }) => void db.exec('BEGIN') };
  await expect(check(begins)).rejects.toMatchObject({
    code: 'bad-config',
    message: expect.stringContaining('connect(db)'),
  });
  await expect(check({ migrations, seeds: join(folder, 'seeds') })).rejects.toMatchObject({ code: 'bad-seed' });
});

test('a profile opens only its copy', async () => {
  const file = production(folderWith());
  const bytes = content(file);
  await profile({}, { file });
  expect(content(file)).toBe(bytes);
});
