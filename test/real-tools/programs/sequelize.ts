import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { countApplied, type RealStep } from '../../programs/real-tools.ts';
import { run } from '../command.ts';
import type { ProgramDriver } from './program-driver.ts';

/** The command with the project's config, up to the next migration. @param ledger the table that holds the applied ones. */
const stepOf =
  (ledger: string): RealStep =>
  async (project, file) => {
    const names = readdirSync(join(project, 'migrations')).sort();
    const next = names[await countApplied(file, ledger)] ?? '';
    run('sequelize-cli', ['db:migrate', '--to', next], project, { NODE_ENV: 'development', DB: file });
  };

const common = {
  title: 'sequelize-cli 6',
  sample: 'sequelize-cli',
  place: 'migrations',
  versions: {},
  needs: 'sqlite3',
} as const;

const dependencies = { 'package.json': '{ "dependencies": { "sequelize": "*", "sqlite3": "*" } }' };

/** The command of Sequelize, whose only driver for SQLite is sqlite3. */
export const sequelize: readonly ProgramDriver[] = [
  { ...common, driver: 'sqlite3', files: dependencies, step: stepOf('SequelizeMeta') },
  {
    ...{ ...common, driver: 'sqlite3, settings in JSON, a ledger of another name', step: stepOf('done') },
    files: {
      ...{ ...dependencies, '.sequelizerc': "module.exports = { config: 'settings/db.json' };\n" },
      'settings/db.json': JSON.stringify({
        // Where the tool itself is run on it.
        development: { dialect: 'sqlite', storage: 'theirs.db', logging: false, migrationStorageTableName: 'done' },
      }),
    },
  },
];
