/** A project that cannot be used: `dir` in its config is the folder of its files. */
export interface BadProject {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The config as JavaScript. */
  readonly config: string;
  /** The message of every entry point on it. */
  readonly message: RegExp;
}

const table = 'CREATE TABLE a (b);';
const history = { 'm/1_a.sql': table, 'm/2_b.sql': 'CREATE TABLE c (d);' };
const plain = "{ migrations: dir + '/m' }";

/** A config with the folder `m` and more keys. */
const withKeys = (keys: string): string => `{ migrations: dir + '/m', ${keys} }`;

const row = (name: string, files: BadProject['files'], config: string, message: RegExp): BadProject => ({
  name,
  files: { ...history, ...files },
  config,
  message,
});

/** Projects that no entry point may take: whatever one refuses, the others refuse in the same words. */
export const badProjects: readonly BadProject[] = [
  row('a missing folder', {}, "{ migrations: dir + '/gone' }", /gone is not a folder that can be read/),
  row('a file in place of the folder', { f: '' }, "{ migrations: dir + '/f' }", /f is a file, not a folder/),
  row('an empty folder', { 'e/.gitkeep': '' }, "{ migrations: dir + '/e' }", /holds no migration/),
  row('two files of one version', { 'm/01_b.sql': table }, plain, /01_b\.sql and .*1_a\.sql both have version 1/),
  row('a file that is not text', { 'm/3_c.sql': Uint8Array.of(0x89, 0x50) }, plain, /3_c\.sql is not UTF-8 text/),
  row('a number beyond 2^53', { 'm/99999999999999999999_c.sql': table }, plain, /is larger than 2\^53/),
  row(
    'the files of two tools',
    { 'm/3_c.sql': '-- +goose Up\n', 'm/4_d.sql': '-- migrate:up\n' },
    plain,
    /goose .* and of dbmate/,
  ),
  row('an unknown directive', { 'm/3_c.sql': `-- rowproof: allow it\n${table}` }, plain, /3_c\.sql:1/),
  row(
    'a claim on an unknown finding',
    { 'm/3_c.sql': '-- rowproof: allow losses a -- so' },
    plain,
    /no finding has the code losses/,
  ),
  row('an unregistered function', { 'm/1_a.sql': "SELECT soundalike('a');" }, plain, /uses the function soundalike/),
  row('a migration that writes another file', { 'm/3_c.sql': "ATTACH 'other.db' AS o;" }, plain, /another database/),

  row('a version beyond the history', {}, withKeys('since: 999'), /--since 999: the last version in .* is 2/),
  row('a malformed version', {}, withKeys('since: -1'), /since: /),
  row('directives for an unknown migration', {}, withKeys("directives: { '3_c': [] }"), /there is no migration 3_c/),
  row(
    'a directive of the config that is not understood',
    {},
    withKeys("directives: { '1_a': ['allow'] }"),
    /directives for 1_a/,
  ),
  row('a config that is a text', {}, "'m'", /is not usable: /),
  row('a config that is a list', {}, '[]', /is not usable: /),
  row('a wrong key', {}, withKeys('foreignKey: true'), /foreignKey/),
  row('a wrong value', {}, withKeys('seed: -1'), /seed: /),
  row('no rows', {}, withKeys('rows: 0'), /rows: /),
  row('a share beyond all', {}, withKeys('maxDeleted: 101'), /maxDeleted: /),
  row('an unknown engine', {}, withKeys("engine: 'mysql'"), /engine: /),
  row(
    'double-quoted strings on an engine without them',
    {},
    withKeys("doubleQuotedStrings: true, engine: 'better-sqlite3'"),
    /built without double-quoted strings/,
  ),
  row('an unknown dataset', {}, withKeys("dataset: ['tall']"), /dataset/),
  row('no dataset at all', {}, withKeys('dataset: []'), /dataset: /),
  row('hand-written rows without seeds', {}, withKeys("dataset: ['fixture']"), /there are no seeds/),
  row('a missing profile', {}, withKeys("dataset: ['profile']"), /there is no profile/),
  row('a named profile that is missing', {}, withKeys("profile: dir + '/p.json'"), /p\.json cannot be read/),
  row('a malformed profile', { 'seeds/production.profile.json': '{}' }, plain, /not a usable profile/),
  row('a scale of nothing', {}, withKeys('scale: 0'), /scale: /),
  row('a maker that is not a function', {}, withKeys('makers: { a: 1 }'), /makers\.a: must be a function/),
  row('a maker for a table of no version', {}, withKeys('makers: { z: () => ({}) }'), /The maker for "z"/),
  row('a maker that throws', {}, withKeys("makers: { a: () => { throw new Error('oh') } }"), /oh/),

  row('missing seeds', {}, withKeys("seeds: dir + '/s'"), /s is not a folder that can be read/),
  row('a seed without a version', { 'seeds/rows.sql': '' }, plain, /rows\.sql is not usable: its name does not begin/),
  row('a seed of no migration', { 'seeds/7_a.sql': '' }, plain, /no migration has version 7/),
  row('a seed that is not text', { 'seeds/1_a.sql': Uint8Array.of(0xff) }, plain, /1_a\.sql is not UTF-8 text/),
  row('a seed whose rows do not fit', { 'seeds/1_a.sql': 'INSERT INTO a VALUES (1, 2);' }, plain, /1_a\.sql:1/),
  row('a seed that leaves a transaction open', { 'seeds/1_a.sql': 'BEGIN;' }, plain, /does not end it/),
  row('a seed that exports no function', { 'seeds/1_a.mjs': 'export default 1;' }, plain, /is not a function/),
  row('a seed without a default export', { 'seeds/1_a.mjs': 'export const a = 1;' }, plain, /no default export/),
  row('a seed that does not parse', { 'seeds/1_a.ts': 'export default (' }, plain, /1_a\.ts cannot be loaded/),
  row('a seed that throws', { 'seeds/1_a.mjs': "export default () => { throw new Error('oh') }" }, plain, /oh/),
  row('an asynchronous seed', { 'seeds/1_a.mjs': 'export default async () => {}' }, plain, /asynchronous/),
  row('an invariant other than a SELECT', { 'seeds/invariants/1_a.sql': 'DELETE FROM a' }, plain, /not one SELECT/),
  row('an invariant that cannot run', { 'seeds/invariants/1_a.sql': 'SELECT * FROM z' }, plain, /no such table: z/),
  row(
    'an invariant without a version',
    { 'seeds/invariants/a.sql': 'SELECT 1' },
    plain,
    /does not begin with a version/,
  ),

  row('a missing base', {}, withKeys("base: dir + '/base.db'"), /base\.db/),
  row(
    'a base that is not a database',
    { 'base.db': 'x'.repeat(5000) },
    withKeys("base: dir + '/base.db'"),
    /not a SQLite/,
  ),
  row('a base whose SQL fails', { 'base.sql': 'SELEC 1;' }, withKeys("base: dir + '/base.sql'"), /base\.sql:1 cannot/),
  row('a base without SQL', { 'base.sql': '' }, withKeys("base: dir + '/base.sql'"), /holds no SQL/),
];
