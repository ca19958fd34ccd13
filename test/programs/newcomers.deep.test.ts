/** Projects as people lay them out: without a config of rowproof's, the command says which tool it has found and where, and runs it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProcess } from '../cli/main.ts';
import { projectWith, standsInForMissing } from './project.ts';

const knex = {
  'package.json':
    '{ "scripts": { "m": "knex migrate:latest --knexfile src/config/knexfile.ts" }, "dependencies": { "better-sqlite3": "*" } }',
  'src/config/knexfile.ts': `import path from 'path';
const settings: { [name: string]: object } = {
  development: { client: 'better-sqlite3', connection: { filename: path.join(__dirname, '../../dev.db') }, useNullAsDefault: true, migrations: { tableName: 'log' } },
};
export default settings;`,
  'src/db/migrations/20240101000000_users.ts': `import type { Knex } from 'knex';
export async function up(knex: Knex): Promise<void> { await knex.schema.createTable('users', (t) => { t.increments('id'); t.string('name'); }); }
export async function down(knex: Knex): Promise<void> {}`,
  'src/db/migrations/20240102000000_more.ts': `import type { Knex } from 'knex';
export async function up(knex: Knex): Promise<void> { await knex.schema.alterTable('users', (t) => { t.string('team').notNullable(); }); }
export async function down(knex: Knex): Promise<void> {}`,
};

const typeorm = {
  'package.json': '{ "dependencies": { "better-sqlite3": "*", "typeorm": "*" } }',
  'tsconfig.json': '{ "compilerOptions": { "baseUrl": "./", "experimentalDecorators": true } }',
  'src/users/user.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('users')
export class User { @PrimaryGeneratedColumn() id!: number; @Column() name!: string; }`,
  'src/database/app.datasource.ts': `import { DataSource } from 'typeorm';
import { User } from 'src/users/user.entity';
export default new DataSource({ type: 'better-sqlite3', database: process.env.DB_FILE ?? 'prod.db', entities: [User], migrationsTableName: 'log' });`,
  'src/database/migrations/1700000000000-Users.ts': `import { MigrationInterface, QueryRunner } from 'typeorm';
export class Users1700000000000 implements MigrationInterface {
  public async up(db: QueryRunner): Promise<void> { await db.query('CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)'); }
  public async down(): Promise<void> {}
}`,
  'src/database/migrations/1700000001000-More.ts': `import { MigrationInterface, QueryRunner } from 'typeorm';
export class More1700000001000 implements MigrationInterface {
  public async up(db: QueryRunner): Promise<void> { await db.query('ALTER TABLE users ADD COLUMN team TEXT NOT NULL'); }
  public async down(): Promise<void> {}
}`,
};

const kysely = {
  'package.json': '{ "type": "module", "dependencies": { "better-sqlite3": "*", "kysely": "*" } }',
  '.config/kysely.config.ts': `import Database from 'better-sqlite3';
import { SqliteDialect } from 'kysely';
export default { dialect: new SqliteDialect({ database: new Database('data/prod.db') }), migrations: { migrationFolder: 'src/db/migrations', migrationTableName: 'log' } };`,
  'src/db/migrations/1_users.ts': `import { type Kysely } from 'kysely';
export async function up(db: Kysely<any>) { await db.schema.createTable('users').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('name', 'text').execute(); }`,
  'src/db/migrations/2_more.ts': `import { type Kysely } from 'kysely';
export async function up(db: Kysely<any>) { await db.schema.alterTable('users').addColumn('team', 'text', (c) => c.notNull()).execute(); }`,
};

const mikroOrm = {
  'package.json':
    '{ "type": "module", "mikro-orm": { "configPaths": ["./src/orm/settings.ts"] }, "dependencies": { "@mikro-orm/sqlite": "*" } }',
  'src/orm/settings.ts': `import { defineConfig } from '@mikro-orm/sqlite';
export default defineConfig({ dbName: 'data/prod.db', entities: [], migrations: { path: 'dist/migrations', pathTs: 'src/migrations', tableName: 'log' } });`,
  'src/migrations/Migration20240101000000.ts': `import { Migration } from '@mikro-orm/migrations';
export class Migration20240101000000 extends Migration { override async up() { this.addSql('create table users (id integer primary key, name text)'); } }`,
  'src/migrations/Migration20240102000000.ts': `import { Migration } from '@mikro-orm/migrations';
export class Migration20240102000000 extends Migration { override async up() { this.addSql('alter table users add column team text not null'); } }`,
};

const umzug = {
  'package.json': '{ "dependencies": { "better-sqlite3": "*", "umzug": "*" } }',
  'scripts/migrate.js': `const { join } = require('path');
const Database = require('better-sqlite3');
const { Umzug } = require('umzug');
const db = new Database(join(__dirname, '../data/prod.db'));
const umzug = new Umzug({
  migrations: { glob: ['../db/migrations/*.js', { cwd: __dirname }] },
  context: db,
  storage: {
    async executed({ context }) { context.exec('CREATE TABLE IF NOT EXISTS log (name TEXT)'); return context.prepare('SELECT name FROM log').pluck().all(); },
    async logMigration({ name, context }) { context.prepare('INSERT INTO log VALUES (?)').run(name); },
    async unlogMigration() {},
  },
  logger: undefined,
});
module.exports = { umzug };
if (require.main === module) umzug.runAsCLI();`,
  'db/migrations/1_users.js':
    "exports.up = async ({ context }) => context.exec('CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)');",
  'db/migrations/2_more.js':
    "exports.up = async ({ context }) => context.exec('ALTER TABLE users ADD COLUMN team TEXT NOT NULL');",
};

const sequelize = {
  'package.json': '{ "dependencies": { "sequelize": "*", "sqlite3": "*" } }',
  'config/config.json':
    '{ "development": { "dialect": "sqlite", "storage": "prod.db" }, "production": { "dialect": "postgres" } }',
  'models/index.js': "module.exports = require('../config/config.json');",
  'seeders/20240101000000-demo.js':
    "module.exports = { up: (queryInterface) => queryInterface.bulkInsert('users', [{ name: 'a' }]) };",
  'migrations/20240101000000-users.js': `module.exports = { up: (queryInterface, Sequelize) => queryInterface.createTable('users', {
  id: { type: Sequelize.INTEGER, primaryKey: true }, name: { type: Sequelize.STRING } }) };`,
  'migrations/20240102000000-more.js':
    "module.exports = { up: (queryInterface) => queryInterface.sequelize.query('ALTER TABLE users ADD COLUMN team TEXT NOT NULL') };",
};

const monorepo = {
  'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
  'packages/web/package.json': '{ "dependencies": { "db": "*" } }',
  'packages/db/package.json': kysely['package.json'],
  'packages/db/src/migrate.ts':
    "import Database from 'better-sqlite3';\nimport { Migrator } from 'kysely/migration';\nawait new Migrator({}).migrateToLatest();",
  'packages/db/src/migrations/1_users.ts': kysely['src/db/migrations/1_users.ts'],
  'packages/db/src/migrations/2_more.ts': kysely['src/db/migrations/2_more.ts'],
};

/** [how it is laid out, files, tool, folder of the migrations, config] */
const layouts: readonly (readonly [string, Readonly<Record<string, string>>, string, string, string | null])[] = [
  ['a knexfile in another folder', knex, 'Knex', 'src/db/migrations', 'src/config/knexfile.ts'],
  [
    'a data source that loads entities',
    typeorm,
    'TypeORM',
    'src/database/migrations',
    'src/database/app.datasource.ts',
  ],
  ['a config of kysely-ctl', kysely, 'Kysely', 'src/db/migrations', '.config/kysely.config.ts'],
  ['a config of MikroORM that package.json names', mikroOrm, 'MikroORM', 'src/migrations', 'src/orm/settings.ts'],
  ['a script that exports an Umzug', umzug, 'Umzug', 'db/migrations', 'scripts/migrate.js'],
  ['sequelize-cli with seeders and models', sequelize, 'sequelize-cli', 'migrations', 'config/config.json'],
  ['a monorepo without a config', monorepo, 'Kysely', 'packages/db/src/migrations', null],
];

test.each(layouts.filter(([, files]) => files !== sequelize || standsInForMissing))(
  '%s',
  async (_what, files, tool, place, config) => {
    const folder = projectWith(files);
    const refused = await inProcess('check', folder);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain(`${place} holds 2 programs of ${tool}.`);
    expect(refused.stderr).toContain('--allow-programs');
    const ran = await inProcess('check', folder, '--allow-programs', '--dataset', 'one-row');
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain('fails on rows, passes when empty');
    expect(ran.stdout.replaceAll(`${folder}/`, '')).toContain(
      config === null ? `${tool} ran 2 programs, without a config` : `${tool} ran 2 programs, with ${config}`,
    );
  },
);

test.each([
  [
    'AdonisJS Lucid',
    '{}',
    "import { BaseSchema } from '@adonisjs/lucid/schema'\nexport default class extends BaseSchema { async up() {} }",
  ],
  ['Strapi', '{ "dependencies": { "@strapi/strapi": "5.0.0" } }', 'module.exports = { async up(knex) {} };'],
])('programs of %s are named, with what to write', async (title, manifest, text) => {
  const folder = projectWith({ 'package.json': manifest, 'database/migrations/1700000000000_a.ts': text });
  const { status, stderr } = await inProcess('check', join(folder, 'database/migrations'));
  expect(status).toBe(2);
  expect(stderr).toContain(`rowproof does not run those of ${title}`);
  expect(stderr).toContain('--migrator-up');
});

test('a config that lacks a variable of the environment is told at its line', async () => {
  const source = `import { DataSource } from 'typeorm';
if (!process.env.NOBODY_SETS_THIS) throw new Error('NOBODY_SETS_THIS is not set');
export default new DataSource({ type: 'better-sqlite3', database: process.env.NOBODY_SETS_THIS });`;
  const folder = projectWith({ ...typeorm, 'src/database/app.datasource.ts': source });
  const { status, stderr } = await inProcess('check', folder, '--allow-programs');
  expect(status).toBe(2);
  expect(stderr).toMatch(/NOBODY_SETS_THIS is not set \(.*app\.datasource\.ts:2\)/);
  expect(stderr).toContain('set the variables of the environment');
});
