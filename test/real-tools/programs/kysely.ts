import { promises as fs } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LibsqlDialect } from '@libsql/kysely-libsql';
import Sqlite from 'better-sqlite3';
import * as kysely029 from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import * as kysely028 from 'kysely-0-28';
import Libsql from 'libsql';
import type { RealStep } from '../../programs/real-tools.ts';
import { dependingOn, type ProgramDriver } from './program-driver.ts';

type Dialect = kysely029.Dialect;
type Database = kysely029.SqliteDatabase;

const dialectOf =
  (open: (file: string) => Database) =>
  (file: string): Dialect =>
    new kysely029.SqliteDialect({ database: open(file) });

/** node:sqlite in the form that SqliteDialect takes, as people write it. */
function openNode(file: string): Database {
  const db = new DatabaseSync(file);
  return {
    close: () => db.close(),
    prepare: (sql) => {
      const statement = db.prepare(sql);
      const valuesOf = (given: readonly unknown[]) => given as (string | number | null)[];
      return {
        reader: statement.columns().length > 0,
        all: (given) => statement.all(...valuesOf(given)),
        run: (given) => statement.run(...valuesOf(given)),
        iterate: (given) => statement.iterate(...valuesOf(given)),
      };
    },
  };
}

/** The dialects that projects use, each with the packages that it needs and the text that makes it. */
const dialects = [
  {
    driver: 'better-sqlite3',
    packages: ['better-sqlite3'],
    imports: "import Database from 'better-sqlite3';\nimport { SqliteDialect } from 'kysely';",
    made: "new SqliteDialect({ database: new Database('app.db') })",
    make: dialectOf((file) => new Sqlite(file)),
  },
  {
    driver: 'node:sqlite, by an adaptor',
    packages: [],
    imports:
      "import { DatabaseSync } from 'node:sqlite';\nimport { SqliteDialect } from 'kysely';\nimport { adapt } from './adapt.ts';",
    made: "new SqliteDialect({ database: adapt(new DatabaseSync('app.db')) })",
    make: dialectOf(openNode),
  },
  {
    driver: 'libsql',
    packages: ['libsql'],
    imports: "import Database from 'libsql';\nimport { SqliteDialect } from 'kysely';",
    made: "new SqliteDialect({ database: new Database('app.db') })",
    make: dialectOf((file) => new Libsql(file)),
  },
  {
    driver: '@libsql/client, by @libsql/kysely-libsql',
    packages: ['@libsql/kysely-libsql', '@libsql/client'],
    imports: "import { LibsqlDialect } from '@libsql/kysely-libsql';",
    made: "new LibsqlDialect({ url: 'file:app.db' })",
    make: (file: string): Dialect => new LibsqlDialect({ url: `file:${file}` }),
  },
] as const;

/** The program that runs the migrations in production. */
const program = (imports: string, made: string, module: string): { readonly 'migrate.ts': string } => ({
  'migrate.ts': `import { promises as fs } from 'node:fs';
import path from 'node:path';
${imports}
import { Kysely } from 'kysely';
import { FileMigrationProvider, Migrator } from '${module}';

const db = new Kysely<any>({ dialect: ${made} });
const provider = new FileMigrationProvider({ fs, path, migrationFolder: path.join(import.meta.dirname, 'migrations') });
const { error } = await new Migrator({ db, provider }).migrateToLatest();
if (error) throw error;
`,
});

const step029 =
  (make: (file: string) => Dialect): RealStep =>
  async (project, file) => {
    const db = new kysely029.Kysely<unknown>({ dialect: make(file) });
    const provider = new FileMigrationProvider({ fs, path, migrationFolder: path.join(project, 'migrations') });
    const { error } = await new Migrator({ db, provider }).migrateUp();
    await db.destroy();
    if (error !== undefined) throw error;
  };

const step028 =
  (make: (file: string) => Dialect): RealStep =>
  async (project, file) => {
    const { Kysely, FileMigrationProvider, Migrator } = kysely028;
    // A dialect of the later version is one for the earlier: it is asked for the same four methods.
    const db = new Kysely<unknown>({ dialect: make(file) as unknown as kysely028.Dialect });
    const provider = new FileMigrationProvider({ fs, path, migrationFolder: path.join(project, 'migrations') });
    const { error } = await new Migrator({ db, provider }).migrateUp();
    await db.destroy();
    if (error !== undefined) throw error;
  };

/** Kysely, which takes any dialect, in both of its forms. */
export const kysely: readonly ProgramDriver[] = dialects.flatMap(({ driver, packages, imports, made, make }) => {
  const common = { driver, sample: 'kysely', place: 'migrations', needs: null } as const;
  const files = (module: string) => ({ ...dependingOn('kysely', ...packages), ...program(imports, made, module) });
  return [
    { ...common, title: 'Kysely 0.29', files: files('kysely/migration'), versions: {}, step: step029(make) },
    {
      ...{ ...common, title: 'Kysely 0.28', files: files('kysely'), versions: { kysely: 'kysely-0-28' } },
      step: step028(make),
    },
  ];
});
