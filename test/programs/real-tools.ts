/** The tools themselves on a real file, by their own interfaces: what rowproof's runs are compared with. */
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { Migrator as MikroMigrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/sqlite';
import Sqlite from 'better-sqlite3';
import createKnex from 'knex';
import { Kysely, SqliteDialect } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import * as kysely028 from 'kysely-0-28';
import { DataSource } from 'typeorm';
import { DataSource as DataSource03 } from 'typeorm-0-3';
import { Umzug } from 'umzug';

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

/** Kysely 0.28, which has no module of its own for migrations. */
export const kyselyOf028: RealStep = async (project, file) => {
  const { Kysely, SqliteDialect, FileMigrationProvider, Migrator } = kysely028;
  const db = new Kysely({ dialect: new SqliteDialect({ database: new Sqlite(file) }) });
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: path.join(project, 'migrations') });
  const { error } = await new Migrator({ db, provider }).migrateUp();
  await db.destroy();
  if (error !== undefined) throw error;
};

/** TypeORM, with as many of the migrations as are to be applied. */
export const typeorm: RealStep = async (project, file) => {
  const migrations = await nextClasses(project, file);
  await runAll(new DataSource({ type: 'better-sqlite3', database: file, migrations }));
};

/** TypeORM 0.3, likewise. */
export const typeormOf03: RealStep = async (project, file) => {
  const migrations = await nextClasses(project, file);
  await runAll(new DataSource03({ type: 'better-sqlite3', database: file, migrations }));
};

async function runAll(source: Pick<DataSource | DataSource03, 'initialize' | 'runMigrations' | 'destroy'>) {
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
}

/** The classes of the migrations that are applied and of the next. */
export async function nextClasses(project: string, file: string): Promise<(new () => object)[]> {
  const folder = path.join(project, 'src/migrations');
  const names = (await fs.readdir(folder)).sort();
  const classes: (new () => object)[] = [];
  for (const name of names) {
    const module: Record<string, unknown> = await import(path.join(folder, name));
    for (const value of Object.values(module)) if (isClass(value)) classes.push(value);
  }
  return classes.slice(0, (await countApplied(file, 'migrations')) + 1);
}

function isClass(value: unknown): value is new () => object {
  return typeof value === 'function';
}

/** MikroORM, up to the next migration. */
export const mikroOrm: RealStep = async (project, file) => {
  const folder = path.join(project, 'src/migrations');
  const names = (await fs.readdir(folder)).map((name) => name.replace(/\.ts$/, '')).sort();
  const next = names[await countApplied(file, 'mikro_orm_migrations')];
  const orm = await MikroORM.init({
    ...{ dbName: file, entities: [], discovery: { warnWhenNoEntities: false }, extensions: [MikroMigrator] },
    logger: () => {},
    migrations: { path: folder, snapshot: false, silent: true },
  });
  await orm.migrator.up({ to: next ?? '' });
  await orm.close(true);
};

/** The rows of a ledger; none where it is not there. */
export async function countApplied(file: string, ledger: string): Promise<number> {
  const db = new Sqlite(file);
  try {
    return db.prepare<[], number>(`SELECT count(*) FROM ${ledger}`).pluck().get() ?? 0;
  } catch {
    return 0;
  } finally {
    db.close();
  }
}

/** Umzug, with the storage of the sample. */
export const umzug: RealStep = async (project, file) => {
  const db = new Sqlite(file);
  db.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)');
  const instance = new Umzug({
    migrations: {
      glob: ['migrations/*.ts', { cwd: project }],
      resolve: ({ name, path: place = '', context }) => ({
        name,
        up: async () => {
          const { up }: { up: (given: object) => Promise<void> } = await import(place);
          await up({ name, context });
        },
      }),
    },
    context: db,
    storage: {
      executed: async () => db.prepare<[], string>('SELECT name FROM migrations ORDER BY name').pluck().all(),
      logMigration: async ({ name }) => void db.prepare('INSERT INTO migrations (name) VALUES (?)').run(name),
      unlogMigration: async () => {},
    },
    logger: undefined,
  });
  await instance.up({ step: 1 });
  db.close();
};
