/** A fork of a driver is the driver that it is a fork of, whatever its name is; nothing is executed. */
import { expect, test } from 'vitest';
import type { Runner } from '../../src/model/tool.ts';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';

const migration = {
  'migrations/1_a.js': "exports.up = (knex) => knex.schema.createTable('a', (t) => t.increments('id'));",
};

function driverOf(files: Readonly<Record<string, string>>): Pick<Runner, 'driver' | 'driverEvidence' | 'foreignKeys'> {
  const { runner } = readHistory(`${folderWith({ ...migration, ...files })}/migrations`);
  const { driver, driverEvidence, foreignKeys } = runner;
  return { driver, driverEvidence, foreignKeys };
}

const manifest = (dependencies: Readonly<Record<string, string>>): string => JSON.stringify({ dependencies });

test.each([
  ['a scope of its own', { '@louislam/sqlite3': '15.1.6' }, {}, 'sqlite3', '@louislam/sqlite3'],
  ['a scope of better-sqlite3', { '@acme/better-sqlite3': '1' }, {}, 'better-sqlite3', '@acme/better-sqlite3'],
  ['an alias', { db: 'npm:@vscode/sqlite3@5.1.8' }, {}, 'sqlite3', 'db'],
  ['an alias without a scope', { db: 'npm:better-sqlite3@^12' }, {}, 'better-sqlite3', 'db'],
  [
    'its files',
    { knex: '3', 'acme-db': '1' },
    { 'node_modules/acme-db/lib/sqlite3.js': '', 'node_modules/acme-db/lib/sqlite3-binding.js': '' },
    'sqlite3',
    'acme-db',
  ],
])('a fork is known by %s', (_what, dependencies, files, driver, name) => {
  const found = driverOf({ 'package.json': manifest(dependencies), ...files });
  expect(found).toMatchObject({ driver, driverEvidence: `${name} in package.json` });
});

test.each([
  ['types', { '@types/sqlite3': '3' }],
  ['a package that only uses one', { 'sqlite3-cli': '1' }],
])('%s are no driver', (_what, dependencies) => {
  expect(driverOf({ 'package.json': manifest(dependencies) })).toMatchObject({
    driver: 'better-sqlite3',
    driverEvidence: null,
  });
});

test('the client of a knexfile decides before package.json', () => {
  const files = {
    'package.json': manifest({ 'better-sqlite3': '13', sqlite3: '5' }),
    'knexfile.ts': "export default { client: 'sqlite3', connection: { filename: 'a.db' } };",
  };
  expect(driverOf(files)).toMatchObject({ driver: 'sqlite3', driverEvidence: 'knexfile.ts' });
});

test('a program that brings a fork into a dialect of knex and switches keys off before latest()', () => {
  const files = {
    'package.json': manifest({ knex: '3', 'better-sqlite3': '13' }),
    'server/database.js': `const Dialect = require('knex/lib/dialects/sqlite3/index.js');
Dialect.prototype._driver = () => require("@louislam/sqlite3");
await raw('PRAGMA foreign_keys = ON');
await raw('PRAGMA foreign_keys = OFF');
await knex.migrate.latest({ directory });`,
  };
  expect(driverOf(files)).toEqual({ driver: 'sqlite3', driverEvidence: 'server/database.js', foreignKeys: null });
});

test('keys that a program switches off before latest() stay off under better-sqlite3', () => {
  const files = {
    'package.json': manifest({ 'better-sqlite3': '13' }),
    'src/up.ts': "await db.raw('PRAGMA foreign_keys = OFF');\nawait db.migrate.latest();",
  };
  expect(driverOf(files).foreignKeys).toEqual({ on: false, evidence: 'src/up.ts:1' });
});
