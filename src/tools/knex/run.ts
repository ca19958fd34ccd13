import type { DriverName } from '../../model/tool.ts';
import { call, defaultOf, entriesOf, exported, isObject } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';
import { chooseEnvironment } from './knexfile.ts';
import { tellOrigins } from './origins.ts';

/** Runs migrations with the project's own knex and knexfile, on a connection of ours. https://knexjs.org/guide/migrations.html */
export async function run(workshop: Workshop): Promise<Workbench> {
  const package_ = await workshop.importPackage('knex');
  const knex = exported(package_, 'knex') ?? defaultOf(package_);
  if (typeof knex !== 'function') throw new TypeError('the package knex exports no function knex');
  const own = workshop.config === null ? {} : chooseEnvironment(defaultOf(await workshop.importFile(workshop.config)));
  const migrations = entriesOf(own['migrations']);
  const table = typeof migrations['tableName'] === 'string' ? migrations['tableName'] : 'knex_migrations';
  const modules = new Map<string, object>();
  for (const { id, path } of workshop.files) modules.set(id, moduleOf(await workshop.importFile(path)));
  const all = workshop.files.map(({ id }) => id);
  /** The migrations up to one, where what is to run is not named. */
  const source = (ids: readonly string[]) => ({
    getMigrations: () => Promise.resolve(ids),
    getMigrationName: (id: string) => id,
    getMigration: (id: string) => Promise.resolve(modules.get(id)),
  });
  const settings = {
    ...own,
    client: clientOf(own['client'], workshop.driver),
    connection: { filename: ':memory:' },
    // One connection, for another would be another database; what is done to a new one is done to ours.
    pool: { ...entriesOf(own['pool']), min: 1, max: 1 },
    asyncStackTraces: true,
    log: silent,
  };
  const migrate = async (listed: readonly string[], way: 'up' | 'latest', given: object): Promise<void> => {
    const own = { ...migrations, directory: undefined, migrationSource: source(listed) };
    const db: unknown = Reflect.apply(knex, undefined, [{ ...settings, migrations: own }]);
    tellOrigins(db, workshop);
    try {
      await call(isObject(db) ? Reflect.get(db, 'migrate') : null, way, given);
    } finally {
      await call(db, 'destroy');
    }
  };
  return {
    toolTables: [table, `${table}_lock`],
    step: (id) => migrate(all, 'up', { name: id }),
    together: (ids) => migrate(all.slice(0, all.indexOf(ids.at(-1) ?? '') + 1), 'latest', {}),
  };
}

/**
 * The client of a knexfile: a dialect of the project's own stays, which may bring a fork of a driver; its driver has a
 * stand-in, or is refused. https://knexjs.org/guide/#custom-client
 */
function clientOf(own: unknown, driver: DriverName): unknown {
  const prototype: unknown = typeof own === 'function' ? own.prototype : null;
  if (isObject(prototype) && Reflect.get(prototype, 'dialect') === 'sqlite3') return own;
  return own === 'sqlite3' || driver === 'sqlite3' ? 'sqlite3' : 'better-sqlite3';
}

/** It says what fails on its own, beside the error that it throws. */
const silent = { warn: () => {}, error: () => {}, debug: () => {}, deprecate: () => {} };

/** A migration may be the default export. */
function moduleOf(module: object): object {
  if ('up' in module) return module;
  const main = defaultOf(module);
  return isObject(main) ? main : module;
}
