import { join } from 'node:path';
import createKnex from 'knex';
import type { RealStep } from '../../programs/real-tools.ts';
import { dependingOn, type ProgramDriver } from './program-driver.ts';

/** Knex with the settings of the project's knexfile. */
const step: RealStep = async (project, filename) => {
  const { default: settings }: { default: object } = await import(join(project, 'knexfile.js'));
  const migrations = { directory: join(project, 'migrations') };
  const db = createKnex({ ...settings, connection: { filename }, migrations });
  try {
    await db.migrate.up();
  } finally {
    await db.destroy();
  }
};

const knexfile = (client: string, head = ''): { readonly 'knexfile.js': string } => ({
  'knexfile.js': `${head}export default {
  client: ${client},
  connection: { filename: './app.db' },
  useNullAsDefault: true,
  migrations: { directory: './migrations' },
};
`,
});

/** A dialect of the project's own, as the documentation of Knex makes one. https://knexjs.org/guide/#custom-client */
const libsqlDialect = `import { createRequire } from 'node:module';
import BetterSqlite3 from 'knex/lib/dialects/better-sqlite3/index.js';
class Libsql extends BetterSqlite3 {
  _driver() {
    return createRequire(import.meta.url)('libsql');
  }
}
`;

const common = { title: 'Knex 3', sample: 'knex', place: 'migrations', versions: {}, step } as const;

/** Knex on the drivers that it has dialects for. */
export const knex: readonly ProgramDriver[] = [
  { ...common, driver: 'better-sqlite3', files: dependingOn('knex', 'better-sqlite3'), needs: null },
  {
    ...{ ...common, driver: 'sqlite3', needs: 'sqlite3' },
    files: { ...dependingOn('knex', 'sqlite3'), ...knexfile("'sqlite3'") },
  },
  {
    ...{ ...common, driver: 'libsql, by a dialect of its own', needs: null },
    files: { ...dependingOn('knex', 'libsql'), ...knexfile('Libsql', libsqlDialect) },
  },
];
