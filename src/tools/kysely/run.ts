import { call, defaultOf, entriesOf, isObject, make } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';

/**
 * Runs one migration with the project's own Kysely on a connection of ours. The options for migrations and the plugins are
 * those of `kysely.config`, where there is one. https://kysely.dev/docs/migrations
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const kysely = await workshop.importPackage('kysely');
  const config = workshop.config === null ? {} : entriesOf(defaultOf(await workshop.importFile(workshop.config)));
  const options = entriesOf(config['migrations']);
  const nameOf = (key: string, usual: string): string => {
    const name = options[key];
    return typeof name === 'string' ? name : usual;
  };
  const known = new Map<string, object>();
  for (const { id, path } of workshop.files) known.set(id, migrationOf(await workshop.importFile(path)));
  // Up to 0.28 they are in the package itself.
  const migration = await workshop.importPackage('kysely/migration').catch(() => kysely);
  return {
    toolTables: [
      nameOf('migrationTableName', 'kysely_migration'),
      nameOf('migrationLockTableName', 'kysely_migration_lock'),
    ],
    step: async (id) => {
      const dialect = make(kysely, 'SqliteDialect', { database: workshop.openDatabase() });
      const db = make(kysely, 'Kysely', { dialect, plugins: config['plugins'] ?? [] });
      try {
        const provider = { getMigrations: () => Promise.resolve(only(id, known)) };
        const settings = { ...optionsOf(options), db, provider };
        const result = await call(make(migration, 'Migrator', settings), 'migrateUp');
        const error = entriesOf(result)['error'];
        if (error !== undefined) throw error;
      } finally {
        await call(db, 'destroy');
      }
    },
  };
}

const passedOn = ['allowUnorderedMigrations', 'migrationTableName', 'migrationLockTableName', 'migrationTableSchema'];

function optionsOf(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([key]) => passedOn.includes(key)));
}

/** All migrations, of which one alone may run: whatever the ledger lacks besides is not run by mistake. */
function only(id: string, known: ReadonlyMap<string, object>): Record<string, object> {
  const refuse = (name: string) => (): never => {
    throw new Error(`the ledger lacks ${name}, which comes before ${id}`);
  };
  return Object.fromEntries([...known].map(([name, own]) => [name, name === id ? own : { up: refuse(name) }] as const));
}

/** `up` is exported, or is a part of the default export. */
function migrationOf(module: object): object {
  if ('up' in module) return module;
  const main = defaultOf(module);
  return isObject(main) ? main : module;
}
