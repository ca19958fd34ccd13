/** Programs of Knex whose argument has another name: the knexfile above them tells. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseTool } from '../../src/tools/choose.ts';
import { openFolder } from '../../src/tools/folder.ts';
import { folderWith } from '../temporary.ts';

const nobody = { tool: null, driver: null };
const toolOf = (files: Readonly<Record<string, string>>): string =>
  chooseTool(openFolder(join(folderWith(files), 'db', 'migrations')), nobody).tool.name;

test.each([
  ['a property of exports', 'exports.up = (db) => db.schema.createTable("a", () => {});'],
  ['an object', 'module.exports = { async up(k) {}, down() {} };'],
  ['a function', "export async function up(t: any) { await t.raw('SELECT 1'); }"],
])('%s below a knexfile is of Knex, and of nobody without one', (_, text) => {
  expect(toolOf({ 'db/migrations/20260101000000_a.ts': text, 'knexfile.ts': '' })).toBe('knex');
  expect(toolOf({ 'db/migrations/20260101000000_a.ts': text })).toBe('plain');
});

test.each([
  ['Kysely', 'kysely', "import { Kysely } from 'kysely';\nexport async function up(db: Kysely<any>) {}"],
  [
    'Sequelize',
    'sequelize-cli',
    'module.exports = { up: (queryInterface, Sequelize) => queryInterface.dropTable("a") };',
  ],
])('programs of %s below a knexfile stay its own', (_, tool, text) => {
  expect(toolOf({ 'db/migrations/20260101000000_a.js': text, 'db/knexfile.js': '' })).toBe(tool);
});
