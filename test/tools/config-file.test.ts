/** The config of a tool is found where projects keep it, and nothing of it runs. */
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHistory } from '../../src/tools/history.ts';
import { chooseEnvironment } from '../../src/tools/sequelize-cli/config.ts';
import { folderWith } from '../temporary.ts';

const knex = "exports.up = (knex) => knex.schema.createTable('t', () => {});";
const typeorm = 'export class A1700000000000 implements MigrationInterface {}';
const umzug = 'export const up = async ({ context }) => {};';
const mikro =
  "import { Migration } from '@mikro-orm/migrations';\nexport class Migration20240101000000 extends Migration {}";
const sequelize = 'module.exports = { up: (q, types) => q.createTable("t", {}) };';
const source = "export default new DataSource({ type: 'better-sqlite3', database: 'app.db' });";

const migration = (path: string, text: string) => ({ [path]: text });

test.each([
  [
    'a script names it',
    { ...migration('db/migrations/1_a.js', knex), 'src/config/settings.js': 'module.exports = {};' },
    '{ "scripts": { "m": "knex migrate:latest --knexfile=src/config/settings.js" } }',
    'src/config/settings.js',
  ],
  [
    'a script names one that is not built yet, and another of the usual name lies elsewhere',
    { ...migration('src/migrations/1700000000000-A.ts', typeorm), 'src/db/data-source.ts': source },
    '{ "scripts": { "m": "typeorm migration:run -d dist/db/data-source.js" } }',
    'src/db/data-source.ts',
  ],
  [
    'another name, told by its content',
    { ...migration('src/migrations/1700000000000-A.ts', typeorm), 'src/db/connection.ts': source, 'src/a.ts': 'x' },
    '{}',
    'src/db/connection.ts',
  ],
  [
    'package.json lists paths',
    { ...migration('src/migrations/Migration20240101000000.ts', mikro), 'src/orm/own.ts': 'export default {};' },
    '{ "mikro-orm": { "configPaths": ["./src/orm/own.ts", "./dist/own.js"] } }',
    'src/orm/own.ts',
  ],
  [
    'a script exports the instance',
    {
      ...migration('db/migrations/1_a.js', umzug),
      'scripts/migrate.js': 'const umzug = new Umzug({});\nmodule.exports = { umzug };',
    },
    '{}',
    'scripts/migrate.js',
  ],
  [
    'the usual place of the command',
    {
      ...migration('migrations/20240101000000-a.js', sequelize.replace('q,', 'queryInterface,')),
      'config/config.json': '{}',
    },
    '{}',
    'config/config.json',
  ],
  [
    'a file that tells the command, and recognises migrations of any words',
    { ...migration('db/migrations/20240101000000-a.js', sequelize), '.sequelizerc': 'module.exports = {};' },
    '{}',
    '.sequelizerc',
  ],
  ['none', migration('db/migrations/1_a.js', knex), '{}', null],
  [
    'one of a test, which is none',
    { ...migration('db/migrations/1_a.js', knex), 'test/knexfile.js': 'module.exports = {};' },
    '{}',
    null,
  ],
])('%s', (_what, files, manifest, expected) => {
  const folder = folderWith({ ...files, 'package.json': manifest });
  const [place = ''] = Object.keys(files);
  const { programs } = readHistory(join(folder, place, '..'));
  const config = programs?.config ?? null;
  expect(config === null ? null : relative(folder, config).replaceAll('\\', '/')).toBe(expected);
});

test.each([
  ['@mikro-orm/sqlite', '^7.2.0', '', 'better-sqlite3'],
  ['@mikro-orm/sqlite', '^6.6.0', '', 'sqlite3'],
  ['@mikro-orm/better-sqlite', '6.6.16', '', 'better-sqlite3'],
  ['@mikro-orm/libsql', '7', '', 'libsql'],
  ['@mikro-orm/sql', '7', 'new NodeSqliteDialect("app.db")', 'node'],
])('%s %s has its driver', (name, range, text, driver) => {
  const folder = folderWith({
    'migrations/Migration20240101000000.ts': mikro,
    'mikro-orm.config.ts': `export default { options: [${text}] };`,
    'package.json': JSON.stringify({ dependencies: { [name]: range } }),
  });
  expect(readHistory(join(folder, 'migrations')).runner.driver).toBe(driver);
});

describe('the environment of sequelize-cli', () => {
  const sqlite = { dialect: 'sqlite', storage: 'a' };
  test.each([
    ['the settings themselves', sqlite, sqlite],
    ['the usual one', { production: { dialect: 'postgres' }, development: sqlite }, sqlite],
    ['the one that is SQLite', { development: { dialect: 'mysql' }, edge: sqlite }, sqlite],
    ['a url', { development: { url: 'postgres://x' }, edge: { url: 'sqlite:a' } }, { url: 'sqlite:a' }],
    ['a variable', { development: { use_env_variable: 'DB' } }, { use_env_variable: 'DB' }],
    ['none', {}, {}],
  ])('%s', (_what, given, expected) => {
    expect(chooseEnvironment(given, 'config.json')).toEqual(expected);
  });

  test('other databases alone are refused by name', () => {
    const given = { development: { dialect: 'mysql' }, production: { url: 'postgres://u:secret@h/x' } };
    expect(() => chooseEnvironment(given, 'config.json')).toThrow(
      'config.json names no database of SQLite, but mysql, postgres',
    );
  });
});
