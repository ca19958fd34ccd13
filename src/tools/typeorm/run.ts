import { classOf, type MigrationClass, upTo } from '../classes.ts';
import { call, entriesOf, isObject, make } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';

/** The options of a data source that decide how migrations run; entities and the rest have no part in it. */
const passedOn = [
  'migrationsTableName',
  'migrationsTransactionMode',
  'metadataTableName',
  'prepareDatabase',
  'enableWAL',
];

/**
 * Runs migrations with the project's own TypeORM, on a connection of ours, with the options of its data source.
 * https://typeorm.io/docs/migrations/executing
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const typeorm = await workshop.importPackage('typeorm');
  const own = workshop.config === null ? {} : optionsOf(await workshop.importFile(workshop.config), workshop.config);
  const classes: MigrationClass[] = [];
  for (const { id, path } of workshop.files)
    classes.push({ name: id, class: classOf(await workshop.importFile(path), id) });
  const table = own['migrationsTableName'];
  const settings = {
    ...Object.fromEntries(Object.entries(own).filter(([key]) => passedOn.includes(key))),
    ...(own['type'] === 'sqljs' ? { type: 'sqljs' } : { type: typeOf(own['type']), database: ':memory:' }),
    ...{ entities: [], subscribers: [], logging: false, synchronize: false, dropSchema: false, migrationsRun: false },
  };
  const together = async (ids: readonly string[]): Promise<void> => {
    const migrations = upTo(classes, ids).map((each) => each.class);
    const source = make(typeorm, 'DataSource', { ...settings, migrations });
    await call(source, 'initialize');
    // It switches them on when it connects; the program that calls runMigrations() may switch them off again.
    if (!workshop.foreignKeys) await call(source, 'query', 'PRAGMA foreign_keys = OFF');
    try {
      await call(source, 'runMigrations');
    } finally {
      await call(source, 'destroy');
    }
  };
  return {
    toolTables: [typeof table === 'string' ? table : 'migrations'],
    step: (id) => together([id]),
    together,
  };
}

/** Types that are other places for a database, such as a device, run as the usual one. */
function typeOf(own: unknown): string {
  return own === 'sqlite' ? own : 'better-sqlite3';
}

/** The options of the data source that a module exports, under whatever name, or that it is. */
function optionsOf(module: object, file: string): Record<string, unknown> {
  const main: unknown = Reflect.get(module, 'default');
  const candidates = [...Object.values(module), ...(isObject(main) ? [main, ...Object.values(main)] : [])];
  const source = candidates.find((each) => isObject(each) && 'runMigrations' in each && 'options' in each);
  const options = entriesOf(isObject(source) ? Reflect.get(source, 'options') : candidates.find(isOptions));
  if (Object.keys(options).length === 0) throw new TypeError(`${file} exports no data source`);
  if (isOptions(options)) return options;
  throw new TypeError(`the data source of ${file} is of the type ${String(options['type'])}, and not of SQLite`);
}

function isOptions(value: unknown): boolean {
  return isObject(value) && /sqlite|sqljs|expo|libsql/.test(String(Reflect.get(value, 'type')));
}
