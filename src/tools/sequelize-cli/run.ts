import { call, defaultOf, exported, isObject, make } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';

const table = 'SequelizeMeta';

/**
 * Runs one migration with the project's own Sequelize, whose driver sqlite3 has a stand-in over our connection, and notes it
 * in the ledger as sequelize-cli does. https://sequelize.org/docs/v6/other-topics/migrations/
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const package_ = await workshop.importPackage('sequelize');
  const migrations = new Map<string, unknown>();
  for (const { id, path } of workshop.files) migrations.set(id, upOf(await workshop.importFile(path)));
  return {
    toolTables: [table],
    step: async (id) => {
      const db = make(package_, 'Sequelize', { dialect: 'sqlite', storage: ':memory:', logging: false });
      try {
        await call(
          db,
          'query',
          `CREATE TABLE IF NOT EXISTS \`${table}\` (\`name\` VARCHAR(255) NOT NULL UNIQUE PRIMARY KEY);`,
        );
        await call({ up: migrations.get(id) }, 'up', call(db, 'getQueryInterface'), exported(package_, 'Sequelize'));
        await call(db, 'query', `INSERT INTO \`${table}\` (\`name\`) VALUES (?)`, { replacements: [id] });
      } finally {
        await call(db, 'close');
      }
    },
  };
}

function upOf(module: object): unknown {
  const main = 'up' in module ? module : defaultOf(module);
  return isObject(main) ? (...given: unknown[]): unknown => call(main, 'up', ...given) : undefined;
}
