import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as libsql from '@mikro-orm/libsql';
import { Migrator } from '@mikro-orm/migrations';
import * as sqlite from '@mikro-orm/sqlite';
import { countApplied, type RealStep } from '../../programs/real-tools.ts';
import { dependingOn, type ProgramDriver } from './program-driver.ts';

/** The settings that a project makes its config of, but for the driver. */
interface Given {
  readonly dbName: string;
  readonly entities: [];
  readonly discovery: { readonly warnWhenNoEntities: false };
  readonly extensions: (typeof Migrator)[];
  readonly logger: () => void;
  readonly migrations: { readonly path: string; readonly snapshot: false; readonly silent: true };
}

interface Orm {
  readonly migrator: { readonly up: (to: { to: string }) => Promise<unknown> };
  readonly close: (force: true) => Promise<void>;
}

/** MikroORM, up to the next migration. */
const stepOf =
  (init: (given: Given) => Promise<Orm>): RealStep =>
  async (project, file) => {
    const path = join(project, 'src/migrations');
    const names = readdirSync(path)
      .map((name) => name.replace(/\.ts$/, ''))
      .sort();
    const to = names[await countApplied(file, 'mikro_orm_migrations')] ?? '';
    const orm = await init({
      ...{ dbName: file, entities: [], discovery: { warnWhenNoEntities: false }, extensions: [Migrator] },
      ...{ logger: () => {}, migrations: { path, snapshot: false, silent: true } },
    });
    try {
      await orm.migrator.up({ to });
    } finally {
      await orm.close(true);
    }
  };

const config = (head: string, options: string): { readonly 'src/mikro-orm.config.ts': string } => ({
  'src/mikro-orm.config.ts': `import { Migrator } from '@mikro-orm/migrations';
${head}

export default defineConfig({
  ${options},
  entities: [],
  discovery: { warnWhenNoEntities: false },
  extensions: [Migrator],
  migrations: { path: 'src/migrations', pathTs: 'src/migrations' },
});
`,
});

const common = {
  title: 'MikroORM 7',
  sample: 'mikro-orm',
  place: 'src/migrations',
  versions: {},
  needs: null,
} as const;
const packages = ['@mikro-orm/core', '@mikro-orm/migrations'];

/** MikroORM by its packages for SQLite, and by its dialect for node:sqlite. */
export const mikroOrm: readonly ProgramDriver[] = [
  {
    ...{ ...common, driver: 'better-sqlite3, by @mikro-orm/sqlite' },
    files: {
      ...dependingOn(...packages, '@mikro-orm/sqlite'),
      ...config("import { defineConfig } from '@mikro-orm/sqlite';", "dbName: 'app.db'"),
    },
    step: stepOf((given) => sqlite.MikroORM.init(given)),
  },
  {
    ...{ ...common, driver: 'libsql, by @mikro-orm/libsql' },
    files: {
      ...dependingOn(...packages, '@mikro-orm/libsql'),
      ...config("import { defineConfig } from '@mikro-orm/libsql';", "dbName: 'app.db'"),
    },
    step: stepOf((given) => libsql.MikroORM.init(given)),
  },
  {
    ...{ ...common, driver: 'node:sqlite, by NodeSqliteDialect' },
    files: {
      ...dependingOn(...packages, '@mikro-orm/sql'),
      ...config(
        "import { defineConfig } from '@mikro-orm/core';\nimport { NodeSqliteDialect, SqliteDriver } from '@mikro-orm/sql';",
        "driver: SqliteDriver,\n  dbName: 'app.db',\n  driverOptions: new NodeSqliteDialect('app.db')",
      ),
    },
    step: stepOf((given) =>
      sqlite.MikroORM.init({ ...given, driverOptions: new sqlite.NodeSqliteDialect(given.dbName) }),
    ),
  },
];
