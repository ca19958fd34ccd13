import type { Input, Kind } from '../input.ts';
import type { Random } from '../random.ts';
import { unusual } from './characters.ts';
import { ledgerOf } from './ledger.ts';

const victim = { kind: 'database', sql: ['CREATE TABLE t (a)', 'INSERT INTO t VALUES (1), (2)'] } as const;

/** A place in the folder that nothing may write, in the ways SQL can name it. */
function targetOf(random: Random): string {
  return random.pick([
    "'victim.db'",
    '"victim.db"',
    "'{folder}/victim.db'",
    "'./victim.db'",
    "'file:victim.db'",
    "'file:{folder}/victim.db?mode=rwc'",
    "'new.db'",
    "'{folder}/new.db'",
    "'p.db'",
    "('victim' || '.db')",
    "(SELECT 'victim.db')",
    "x'76696374696d2e6462'",
    "':memory:'",
    "''",
    "'m'",
    '?',
    'victim',
    'NULL',
    'char(118,105,99,116,105,109,46,100,98)',
    "(VALUES ('victim.db'))",
    "CAST('victim.db' AS TEXT)",
  ] as const);
}

/** Statements that reach a file, or would if they stood alone. */
function reachOf(random: Random): string {
  const file = targetOf(random);
  return random.pick([
    `ATTACH ${file} AS v; DELETE FROM v.t`,
    `ATTACH DATABASE ${file} AS v; CREATE TABLE v.left_over (a)`,
    `ATTACH ${file} v; INSERT INTO v.t VALUES (3)`,
    `ATTACH ${file} AS "v"; DROP TABLE t`,
    `ATTACH ${file} AS temp; DELETE FROM t`,
    `ATTACH ${file} AS main`,
    `ATTACH ${file} AS before; DELETE FROM before.t`,
    `ATTACH ${file} AS v; PRAGMA v.journal_mode = WAL`,
    `ATTACH ${file} AS v; PRAGMA v.user_version = 7`,
    `ATTACH ${file} AS v KEY 'x'`,
    `VACUUM INTO ${file}`,
    `VACUUM main INTO ${file}`,
    `VACUUM temp INTO ${file}`,
    `ATTACH ':memory:' AS w; VACUUM w INTO ${file}`,
    `DETACH main; ATTACH ${file} AS v`,
    `ATTACH ':memory:' AS w; DETACH w; ATTACH ${file} AS v; DELETE FROM v.t`,
    `${Array.from({ length: 10 }, (_, i) => `ATTACH ':memory:' AS m${i}`).join('; ')}; DETACH m3; ATTACH ${file} AS v; DELETE FROM v.t`,
    `CREATE TABLE "ATTACH" (a); ATTACH ${file} AS v; DELETE FROM v.t`,
    `CREATE VIRTUAL TABLE c USING csv(filename=${file})`,
    `SELECT writefile(${file}, 'x')`,
    `SELECT load_extension(${file})`,
    `SELECT sqlite_attach(${file}, 'v', '')`,
    `CREATE VIEW v1 AS SELECT sqlite_attach(${file}, 'v', ''); SELECT * FROM v1`,
    `PRAGMA temp_store_directory = ${file}`,
    `PRAGMA data_store_directory = ${file}`,
    `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'x'`,
    `CREATE TRIGGER reaches AFTER INSERT ON a BEGIN SELECT sqlite_attach(${file}, 'v', ''); END; INSERT INTO a VALUES (1)`,
    `BEGIN; COMMIT; ATTACH ${file} AS v; DELETE FROM v.t; BEGIN`,
    `COMMIT; ATTACH ${file} AS v; DELETE FROM v.t`,
    `ROLLBACK; VACUUM INTO ${file}`,
  ] as const);
}

/** A text before which one tokenizer sees another statement than SQLite does. */
function coverOf(random: Random): string {
  return random.weighted<string>([
    [3, ''],
    [6, unusual(random)],
    [3, `SELECT 1;\n${unusual(random)}`],
    [2, `SELECT 1;${unusual(random)} `],
    [2, `${unusual(random)}SELECT 1; `],
    [2, 'SELECT $a(;'],
    [2, 'SELECT $a();'],
    [1, 'SELECT $a(b) ; '],
    [1, 'SELECT $a::b(;c) ; '],
    [1, 'SELECT @a; '],
    [1, 'SELECT #a; '],
    [1, "SELECT ?1 || ';'; "],
    [1, 'EXPLAIN SELECT 1; '],
    [1, 'EXPLAIN '],
    [1, 'EXPLAIN QUERY PLAN '],
    [1, '/* */'],
    [1, '/* /* */ */'],
    [1, '-- \r'],
    [1, '--\u2028'],
    [1, ';;; '],
    [1, 'CREATE TRIGGER x AFTER INSERT ON a BEGIN SELECT 1; END; '],
    [1, 'CREATE TRIGGER x AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END; '],
    [1, 'CREATE TEMP TRIGGER IF NOT EXISTS x AFTER INSERT ON a BEGIN SELECT 1; END;'],
    [1, `CREATE${unusual(random)}TRIGGER x AFTER INSERT ON a BEGIN SELECT 1; END; `],
    [1, `CREATE TRIGGER${unusual(random)} x AFTER INSERT ON a BEGIN SELECT 1;${unusual(random)} END; `],
    [1, "SELECT '\u0000'; "],
    [1, 'WITH x AS (SELECT 1) SELECT * FROM x; '],
    [1, "SELECT 'a''; "],
    [1, 'SELECT [a; ] ; '],
    [1, 'BEGIN; '],
    [1, 'SAVEPOINT s; '],
    [1, "SELECT x'; ATTACH '; "],
  ]);
}

function disguised(random: Random): string {
  const text = coverOf(random) + reachOf(random);
  const spread = random.chance(0.2) ? text.replace(/ /g, () => (random.chance(0.2) ? unusual(random) : ' ')) : text;
  const cased = random.chance(0.1) ? spread.toLowerCase() : spread;
  return `${cased}${random.chance(0.8) ? ';' : ''}\n`;
}

const table = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\n';

/** Where SQL of the user's may stand, with what runs it there. */
const places: readonly (readonly [number, (sql: string, random: Random) => Input])[] = [
  [5, (sql) => ({ files: { 'm/1_a.sql': table, 'm/2_b.sql': sql }, args: ['check', 'm', '--rows', '2'] })],
  [
    2,
    (sql) => ({
      files: { 'm/1_a.sql': table, 'm/2_b.sql': sql },
      args: ['check', 'm', '--rows', '2', '--engine', 'node'],
    }),
  ],
  [
    2,
    (sql) => ({
      files: { 'm/1_a.sql': table, 'm/2_b.sql': sql },
      args: ['check', 'm', '--rows', '2', '--transaction', 'none', '--interrupt'],
    }),
  ],
  [3, (sql) => ({ files: { 'm/1_a.sql': table, 'seeds/1_a.sql': sql }, args: ['check', 'm', '--dataset', 'fixture'] })],
  [
    1,
    (sql) => ({
      files: { 'm/1_a.sql': table, 'seeds/1_a.sql': sql },
      args: ['check', 'm', '--dataset', 'fixture', '--engine', 'node'],
    }),
  ],
  [
    1,
    (sql) => ({
      files: {
        'm/1_a.sql': table,
        'seeds/1_a.mjs': `export default ({ run, query }) => { for (const sql of ${JSON.stringify(sql.split('; '))}) { try { query(sql); } catch {} try { run(sql); } catch {} } };`,
      },
      args: ['check', 'm', '--dataset', 'fixture'],
    }),
  ],
  [
    3,
    (sql) => ({
      files: { 'm/1_a.sql': 'CREATE TABLE b (c);', 'base.sql': table + sql },
      args: ['check', 'm', '--base', 'base.sql', '--rows', '2'],
    }),
  ],
  [
    2,
    (sql) => ({
      files: {
        'm/1_a.sql': table,
        'seeds/invariants/1_a.sql': `SELECT 1 FROM a WHERE name IN (SELECT 1)${sql.startsWith('SELECT') ? ' UNION ALL ' : ';'}${sql}`,
      },
      args: ['check', 'm', '--rows', '2'],
    }),
  ],
  [
    2,
    (sql) => ({
      files: { 'm/1_a.sql': table, 'seeds/invariants/1_a.sql': `SELECT 1 FROM a)\u000b; ${sql}` },
      args: ['check', 'm', '--rows', '2'],
    }),
  ],
  [
    3,
    (sql) => ({
      files: { 'm/1_a.sql': table, 'm/2_b.sql': sql, 'p.db': { kind: 'database', sql: [table, ...ledgerOf([1])] } },
      args: ['gate', '--db', 'p.db', 'm'],
    }),
  ],
  [
    2,
    (sql) => ({
      files: { 'm/1_a.sql': table, 'm/2_b.sql': sql, 'p.db': { kind: 'database', sql: [table, ...ledgerOf([1])] } },
      args: ['migrate', '--db', 'p.db', 'm'],
      migrates: 'p.db',
    }),
  ],
  [
    1,
    (sql) => ({
      files: { 'm/1_a.sql': table, 'm/2_b.sql': sql },
      args: ['migrate', '--db', 'p.db', 'm'],
      migrates: 'p.db',
    }),
  ],
  [
    2,
    (sql) => ({
      files: { 'm/1_a.sql': table, 'm/2_b.sql': sql },
      args: ['seed', '-o', 'made.db', 'm', '--rows', '2'],
      outputs: ['made.db'],
    }),
  ],
  [
    1,
    (sql) => ({
      files: {
        'm/1_a.sql': table,
        'c.mjs': `export default { connect: (db) => { try { db.exec(${JSON.stringify(sql)}); } catch {} } };`,
      },
      args: ['check', 'm', '--config', 'c.mjs', '--rows', '2'],
    }),
  ],
  [
    1,
    (sql) => ({
      files: {
        'm/1_a.sql': table,
        'm/2_b.sql': 'SELECT 1',
        'p.db': { kind: 'database', sql: [table, ...ledgerOf([1])] },
        'c.mjs': `export default { connect: (db) => { try { db.exec(${JSON.stringify(sql)}); } catch {} } };`,
      },
      args: ['gate', '--db', 'p.db', 'm', '--config', 'c.mjs'],
    }),
  ],
];

/** ATTACH, DETACH and VACUUM in every disguise, beside a database that nothing may write. */
export const disguises: Kind = {
  name: 'disguises',
  tries: { worker: 1400, command: 20 },
  generate: (random) => {
    const input = random.weighted(places)(disguised(random), random);
    return { ...input, files: { ...input.files, 'victim.db': victim } };
  },
};

const names = [
  'analysis_limit',
  'application_id',
  'auto_vacuum',
  'automatic_index',
  'busy_timeout',
  'cache_size',
  'cache_spill',
  'case_sensitive_like',
  'cell_size_check',
  'checkpoint_fullfsync',
  'collation_list',
  'compile_options',
  'count_changes',
  'data_store_directory',
  'data_version',
  'database_list',
  'default_cache_size',
  'defer_foreign_keys',
  'empty_result_callbacks',
  'encoding',
  'foreign_key_check',
  'foreign_key_list',
  'foreign_keys',
  'freelist_count',
  'full_column_names',
  'fullfsync',
  'function_list',
  'hard_heap_limit',
  'ignore_check_constraints',
  'incremental_vacuum',
  'index_info',
  'index_list',
  'index_xinfo',
  'integrity_check',
  'journal_mode',
  'journal_size_limit',
  'legacy_alter_table',
  'legacy_file_format',
  'locking_mode',
  'max_page_count',
  'mmap_size',
  'module_list',
  'optimize',
  'page_count',
  'page_size',
  'parser_trace',
  'pragma_list',
  'query_only',
  'quick_check',
  'read_uncommitted',
  'recursive_triggers',
  'reverse_unordered_selects',
  'schema_version',
  'secure_delete',
  'short_column_names',
  'shrink_memory',
  'soft_heap_limit',
  'stats',
  'synchronous',
  'table_info',
  'table_list',
  'table_xinfo',
  'temp_store',
  'temp_store_directory',
  'threads',
  'trusted_schema',
  'user_version',
  'vdbe_addoptrace',
  'vdbe_debug',
  'vdbe_listing',
  'vdbe_trace',
  'wal_autocheckpoint',
  'wal_checkpoint',
  'writable_schema',
  'nobody',
  'key',
  'rekey',
  'hexkey',
  'lock_status',
  'lock_proxy_file',
] as const;

const values = [
  '0',
  '1',
  '-1',
  '2',
  '100',
  'ON',
  'OFF',
  'YES',
  'NONE',
  'FULL',
  'DELETE',
  'TRUNCATE',
  'PERSIST',
  'MEMORY',
  'WAL',
  'EXCLUSIVE',
  'NORMAL',
  'RESET',
  '9223372036854775807',
  '-9223372036854775808',
  '0xfffe',
  "'victim.db'",
  "'UTF-16le'",
  "'UTF-8'",
  "'a'",
  'a',
  '65536',
  '512',
  '1.5',
  '""',
  "''",
  'INCREMENTAL',
  'EXTRA',
  'victim',
] as const;

function pragmaOf(random: Random): string {
  const name = random.pick(names);
  const schema = random.weighted<string>([
    [6, ''],
    [1, 'main.'],
    [1, 'temp.'],
    [0.5, 'nobody.'],
    [0.5, '"main" . '],
  ]);
  const value = random.pick(values);
  const set = random.weighted<string>([
    [2, ''],
    [4, ` = ${value}`],
    [3, `(${value})`],
    [0.5, ' = '],
    [0.5, `= ${value}, 1`],
    [0.5, ` = (${value})`],
  ]);
  const before = random.weighted<string>([
    [6, ''],
    [1, 'EXPLAIN '],
    [1, 'EXPLAIN QUERY PLAN '],
    [1, unusual(random)],
    [0.5, '/* */ '],
  ]);
  const called = random.chance(0.1)
    ? `SELECT * FROM pragma_${name}(${value})`
    : `${before}PRAGMA ${schema}${name}${set}`;
  return called;
}

/** Every PRAGMA with several arguments, wherever SQL may stand, with statements behind it that it must not spoil. */
export const pragmas: Kind = {
  name: 'pragmas',
  tries: { worker: 1000, command: 10 },
  generate: (random) => {
    const texts = random.times(1, 3, () => pragmaOf(random));
    const sql = `${texts.join(';\n')};\nINSERT INTO a (name) VALUES ('x');\nALTER TABLE a ADD COLUMN later TEXT;\n`;
    const input = random.weighted(places)(sql, random);
    return { ...input, files: { ...input.files, 'victim.db': victim } };
  },
};
