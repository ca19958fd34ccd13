import { classOf, type MigrationClass, type Newable, upTo } from '../classes.ts';
import { call, defaultOf, entriesOf, exported, isObject } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';

/**
 * Runs migrations with the project's own MikroORM and its config, on a connection of ours. https://mikro-orm.io/docs/migrations
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const package_ = await workshop.importPackage('@mikro-orm/sqlite');
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
