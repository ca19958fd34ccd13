import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { call, defaultOf, entriesOf, exported, isObject, make } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';
import { chooseEnvironment } from './config.ts';

/**
 * Runs one migration with the project's own Sequelize and the settings of its config, over a stand-in for the driver sqlite3,
 * and notes it in the ledger as sequelize-cli does. https://sequelize.org/docs/v6/other-topics/migrations/
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const package_ = await workshop.importPackage('sequelize');
  const own = await settingsOf(workshop);
  const { url: _, use_env_variable: __, ...passedOn } = own;
  const migrations = new Map<string, unknown>();
  for (const { id, path } of workshop.files) migrations.set(id, upOf(await workshop.importFile(path)));
  const table = ledgerOf(own);
  const Sequelize = exported(package_, 'Sequelize');
  return {
    toolTables: table === null ? [] : [table],
    step: async (id) => {
      const db = make(package_, 'Sequelize', { ...passedOn, dialect: 'sqlite', storage: ':memory:', logging: false });
      try {
        const note =
          table === null ? null : await openLedger(db, Sequelize, table, own['migrationTimestamps'] === true);
        await call({ up: migrations.get(id) }, 'up', call(db, 'getQueryInterface'), Sequelize);
        if (note !== null) await call(note, 'create', { name: id });
      } finally {
        await call(db, 'close');
      }
    },
  };
}

/** The settings that the command would use: `.sequelizerc` names their file, or it lies in its usual place. */
async function settingsOf({ config, importFile }: Workshop): Promise<Record<string, unknown>> {
  if (config === null) return {};
  const file = config.endsWith('.sequelizerc') ? await named(config, importFile) : config;
  if (!existsSync(file)) return {};
  const main: unknown = defaultOf(await importFile(file));
  const given: unknown = await (typeof main === 'function' ? Reflect.apply(main, undefined, []) : main);
  return chooseEnvironment(given, file);
}

async function named(rc: string, importFile: Workshop['importFile']): Promise<string> {
  const { config } = entriesOf(defaultOf(await importFile(rc)));
  const folder = dirname(rc);
  if (typeof config === 'string') return resolve(folder, config);
  const usual = join(folder, 'config', 'config.js');
  return existsSync(usual) ? usual : `${usual}on`;
}

/** The table of the ledger; null where the config keeps it in a file, or nowhere. */
function ledgerOf({ migrationStorage, migrationStorageTableName: name }: Record<string, unknown>): string | null {
  if (migrationStorage !== undefined && migrationStorage !== 'sequelize') return null;
  return typeof name === 'string' ? name : 'SequelizeMeta';
}

/** Makes the ledger where it is not there, as the storage of Umzug 2 does, which sequelize-cli brings. */
async function openLedger(db: object, Sequelize: unknown, tableName: string, timestamps: boolean): Promise<unknown> {
  const type: unknown = isObject(Sequelize) ? Reflect.get(Sequelize, 'STRING') : undefined;
  const name = { type, allowNull: false, unique: true, primaryKey: true, autoIncrement: false };
  const ledger = call(db, 'define', tableName, { name }, { tableName, timestamps });
  await call(ledger, 'sync');
  return ledger;
}

function upOf(module: object): unknown {
  const main = 'up' in module ? module : defaultOf(module);
  return isObject(main) ? (...given: unknown[]): unknown => call(main, 'up', ...given) : undefined;
}
