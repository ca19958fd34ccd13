import { classOf, type MigrationClass, type Newable, upTo } from '../classes.ts';
import { call, defaultOf, entriesOf, exported, isObject, make } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';

/**
 * Runs migrations with the project's own MikroORM and its config, on a connection of ours. https://mikro-orm.io/docs/migrations
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const package_ = await importOrm(workshop);
  const migrator = exported(await workshop.importPackage('@mikro-orm/migrations'), 'Migrator');
  const own = workshop.config === null ? {} : await configOf(await workshop.importFile(workshop.config));
  const given = entriesOf(own['migrations']);
  const classes: MigrationClass[] = [];
  for (const { id, path } of workshop.files)
    classes.push({ name: id, class: classOf(await workshop.importFile(path), id) });
  for (const each of classes) noteTexts(each.class, workshop.noteText);
  const table = given['tableName'];
  const settings = {
    ...own,
    dbName: ':memory:',
    ...{ entities: [], entitiesTs: [], discovery: { warnWhenNoEntities: false } },
    ...{ extensions: [migrator], logger: () => {}, debug: false },
    ...(isDialect(own['driverOptions']) && { driverOptions: await openDialect(workshop) }),
  };
  const together = async (ids: readonly string[]): Promise<void> => {
    // The snapshot of the schema would be written beside the user's migrations.
    const migrations = { ...given, snapshot: false, silent: true, migrationsList: upTo(classes, ids) };
    const orm = await call(exported(package_, 'MikroORM'), 'init', { ...settings, migrations });
    try {
      const own = isObject(orm) && 'migrator' in orm ? Reflect.get(orm, 'migrator') : call(orm, 'getMigrator');
      await call(own, 'up', { to: ids.at(-1) });
    } finally {
      await call(orm, 'close', true);
    }
  };
  return {
    toolTables: [typeof table === 'string' ? table : 'mikro_orm_migrations'],
    step: (id) => together([id]),
    together,
  };
}

/** Packages of MikroORM that bring a driver of SQLite, the newest first. */
const packages = ['@mikro-orm/sqlite', '@mikro-orm/libsql', '@mikro-orm/better-sqlite', '@mikro-orm/sql'];

/** The package that the project has, that of its driver before others. @throws where it has none */
async function importOrm({ driver, importPackage }: Workshop): Promise<object> {
  const own = packages.toSorted((a, b) => Number(b.endsWith(driver)) - Number(a.endsWith(driver)));
  let error: unknown;
  for (const name of own) {
    try {
      return await importPackage(name);
    } catch (thrown) {
      error ??= thrown;
    }
  }
  throw error;
}

/** A dialect of Kysely, which brings a connection. https://mikro-orm.io/docs/usage-with-sqlite */
function isDialect(options: unknown): boolean {
  return isObject(options) && 'createDriver' in options;
}

/** The dialect of MikroORM for node:sqlite, on the connection of the step. */
async function openDialect({ importPackage }: Workshop): Promise<object> {
  return make(await importPackage('@mikro-orm/sql'), 'NodeSqliteDialect', ':memory:');
}

/** A config may be a function, or a promise of one. */
async function configOf(module: object): Promise<Record<string, unknown>> {
  const main: unknown = await defaultOf(module);
  return entriesOf(typeof main === 'function' ? await Reflect.apply(main, undefined, []) : main);
}

/** MikroORM collects the texts of a migration and executes them once it is over. */
function noteTexts(migration: Newable, note: (sql: string) => void): void {
  const prototype: unknown = migration.prototype;
  const addSql: unknown = isObject(prototype) ? Reflect.get(prototype, 'addSql') : undefined;
  if (!isObject(prototype) || typeof addSql !== 'function') return;
  Reflect.set(prototype, 'addSql', function noted(this: unknown, ...given: unknown[]): unknown {
    const [sql] = given;
    if (typeof sql === 'string') note(sql);
    return Reflect.apply(addSql, this, given);
  });
}
