/** The tools themselves on a real file, by their own interfaces: what rowproof's runs are compared with. */
import { promises as fs } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { knex as createKnex } from 'knex';
import { Kysely, SqliteDialect } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';

/** Runs the next migration of a folder on a file. */
export type RealStep = (project: string, file: string) => Promise<void>;

/** Knex, with the settings of the sample's knexfile. */
export const knex: RealStep = async (project, file) => {
  const db = createKnex({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    migrations: { directory: path.join(project, 'migrations') },
  });
  await db.migrate.up();
  await db.destroy();
};

/** Kysely, as the sample's migrate.ts has it. */
export const kysely: RealStep = async (project, file) => {
  const db = new Kysely({ dialect: new SqliteDialect({ database: new Sqlite(file) }) });
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: path.join(project, 'migrations') });
  const { error } = await new Migrator({ db, provider }).migrateUp();
  await db.destroy();
  if (error !== undefined) throw error;
};
