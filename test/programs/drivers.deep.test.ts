/** Drivers that are not installed have stand-ins all the same. */
import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';
import { projectWith } from './project.ts';

/** The only package that is installed. */
const knex = join(import.meta.dirname, '..', '..', 'node_modules', 'knex');

const first = `exports.up = (knex) => knex.schema.createTable('t', (t) => t.increments('id'));
exports.down = () => {};`;

const second = `const sqlite3 = require('sqlite3');
exports.up = (knex) => new Promise((resolve, reject) => {
  new sqlite3.Database(':memory:').exec('INSERT INTO t VALUES (7)', (error) => (error ? reject(error) : resolve()));
});
exports.down = () => {};
exports.config = { transaction: false };`;

test('a program in CommonJS requires a driver that is not installed', async () => {
  const folder = folderWith({
    'package.json': '{ "dependencies": { "knex": "*", "sqlite3": "*" } }',
    'migrations/1_init.js': first,
    'migrations/2_more.js': second,
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(realpathSync(knex), join(folder, 'node_modules', 'knex'));
  const config = { migrations: join(folder, 'migrations'), programs: true, dataset: ['one-row' as const] };
  const { steps } = await check(config);
  expect(steps.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied', 'applied']);
});

test('a fork of a driver has the same stand-in, by its name or by its files, and a dialect of the project stays', async () => {
  const prod = join(folderWith(), 'prod.db');
  writeFileSync(prod, '');
  const fork = (name: string): string => `const sqlite3 = require('${name}');
exports.up = (knex) => new Promise((resolve, reject) => {
  if (knex.client.constructor.name !== 'Own') reject(new Error(knex.client.constructor.name));
  new sqlite3.Database(':memory:').exec('INSERT INTO t VALUES (7)', (error) => (error ? reject(error) : resolve()));
});
exports.down = () => {};
exports.config = { transaction: false };`;
  const folder = folderWith({
    'package.json': '{ "dependencies": { "knex": "*", "@louislam/sqlite3": "*" } }',
    'knexfile.js': `class Own extends require('knex/lib/dialects/sqlite3/index.js') {
  _driver() { return require('@louislam/sqlite3'); }
}
module.exports = { client: Own, connection: { filename: ${JSON.stringify(prod)} }, useNullAsDefault: true };`,
    'migrations/1_init.js': first,
    'migrations/2_scope.js': fork('@louislam/sqlite3').replace('(7)', '(8)'),
    'migrations/3_files.js': fork('acme-db'),
  });
  const acme = join(folder, 'node_modules', 'acme-db');
  mkdirSync(join(acme, 'lib'), { recursive: true });
  writeFileSync(join(acme, 'package.json'), '{ "name": "acme-db", "main": "lib/sqlite3.js" }');
  for (const name of ['sqlite3.js', 'sqlite3-binding.js'])
    writeFileSync(join(acme, 'lib', name), "throw new Error('the native part');");
  symlinkSync(realpathSync(knex), join(folder, 'node_modules', 'knex'));
  const config = { migrations: join(folder, 'migrations'), programs: true, dataset: ['one-row' as const] };
  const { steps, settings } = await check(config);
  expect(settings).toMatchObject({ foreignKeys: false, doubleQuotedStrings: true });
  expect(steps.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'applied'));
  expect(readFileSync(prod)).toHaveLength(0);
});

test('bun:sqlite runs statements in its own words', async () => {
  const folder = projectWith({
    'run.ts': 'export default async (_db, { path }) => (await import(path)).up();\n',
    'migrations/1_init.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
    'migrations/2_more.ts': `import { Database } from 'bun:sqlite';
const db = new Database(':memory:');
export function up() {
  if (db.query('SELECT a FROM t WHERE id = $id').get({ $id: 99 }) !== null) throw new Error('a row');
  db.run('INSERT INTO t (id, a) VALUES (?, ?)', [99, 'x']);
  const [[a]] = db.query('SELECT a FROM t WHERE id = ?').values(99);
  if (a !== 'x' || db.query('SELECT a FROM t WHERE id = 99').get().a !== 'x') throw new Error(\`\${a}\`);
  db.transaction(() => {
    db.run('DELETE FROM t WHERE id = 99; DELETE FROM t WHERE id = 98');
  })();
}
`,
  });
  const { findings, steps } = await check({
    ...{ migrations: join(folder, 'migrations'), migrator: { run: join(folder, 'run.ts') }, programs: true },
    dataset: ['one-row'],
  });
  expect(findings).toEqual([]);
  expect(steps.every(({ outcome }) => outcome === 'applied')).toBe(true);
});
