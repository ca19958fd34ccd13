import { call, entriesOf, isObject } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';

/**
 * Runs one migration with the instance of Umzug that the project exports, whose connection is the one of the step; where it
 * exports none, with the project's own Umzug and a database of better-sqlite3 for the context.
 * https://github.com/sequelize/umzug
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const own = workshop.config === null ? null : findInstance(await workshop.importFile(workshop.config));
  if (workshop.config !== null && own === null) throw new TypeError(`${workshop.config} exports no instance of Umzug`);
  const instance = own ?? (await makeInstance(workshop));
  return {
    toolTables: await tablesOf(instance, workshop),
    step: async (id) => {
      await call(instance, 'up', { migrations: [id] });
    },
  };
}

function findInstance(module: object): object | null {
  const main: unknown = Reflect.get(module, 'default');
  const candidates = [...Object.values(module), ...Object.values(entriesOf(main))];
  const found = candidates.find((each) => isObject(each) && 'executed' in each && 'pending' in each && 'up' in each);
  return isObject(found) ? found : null;
}

async function makeInstance({ files, importFile, importPackage, openDatabase }: Workshop): Promise<object> {
  const { Umzug } = entriesOf(await importPackage('umzug'));
  if (typeof Umzug !== 'function') throw new TypeError('the package umzug exports no class Umzug');
  const migrations = files.map(({ id, path }) => ({
    name: id,
    path,
    up: async (given: unknown) => call(await importFile(path), 'up', given),
  }));
  const made: unknown = Reflect.construct(Umzug, [{ migrations, context: openDatabase(), storage: none }]);
  if (isObject(made)) return made;
  throw new TypeError('Umzug makes no instance');
}

/** A storage that knows of nothing: what has run is known by who asks for the next. */
const none = { executed: async () => [], logMigration: async () => {}, unlogMigration: async () => {} };

/**
 * The tables that the storage of an instance makes for itself, found by having it note a migration in a scratch database.
 * A storage that is a file is replaced by one that knows of nothing, for a run leaves no file behind.
 */
async function tablesOf(instance: object, { openDatabase }: Workshop): Promise<string[]> {
  const { storage } = entriesOf(instance);
  if (isObject(storage) && storage.constructor.name === 'JSONStorage') Reflect.set(instance, 'storage', none);
  const given = { name: 'rowproof', path: '', context: await call(instance, 'getContext') };
  const own: unknown = Reflect.get(instance, 'storage');
  await call(own, 'executed', given);
  await call(own, 'logMigration', given);
  const statement = call(openDatabase(), 'prepare', "SELECT name FROM sqlite_schema WHERE type = 'table'");
  const rows = call(statement, 'all');
  const names = Array.isArray(rows) ? rows.map((row) => String(entriesOf(row)['name'])) : [];
  return names.filter((name) => !name.startsWith('sqlite_'));
}
