import Libsql from 'libsql';
import { DataSource } from 'typeorm';
import { DataSource as DataSource03 } from 'typeorm-0-3';
import { nextClasses, type RealStep } from '../../programs/real-tools.ts';
import { dependingOn, type ProgramDriver } from './program-driver.ts';

type Source = Pick<DataSource | DataSource03, 'initialize' | 'runMigrations' | 'destroy'>;
type Classes = Awaited<ReturnType<typeof nextClasses>>;

const stepOf =
  (open: (file: string, migrations: Classes) => Source): RealStep =>
  async (project, file) => {
    const source = open(file, await nextClasses(project, file));
    await source.initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
  };

/** The project's data source, with the options that name its driver. */
const dataSource = (options: string, imports = ''): { readonly 'src/data-source.ts': string } => ({
  'src/data-source.ts': `import { DataSource } from 'typeorm';
${imports}
export default new DataSource({
  ${options},
  migrations: ['src/migrations/*.ts'],
});
`,
});

const common = { sample: 'typeorm', place: 'src/migrations', needs: null } as const;
const of1 = { ...common, title: 'TypeORM 1', versions: {} };
const of03 = { ...common, title: 'TypeORM 0.3', versions: { typeorm: 'typeorm-0-3' } };

const better = {
  driver: 'better-sqlite3',
  files: {
    ...dependingOn('typeorm', 'better-sqlite3'),
    ...dataSource("type: 'better-sqlite3',\n  database: 'app.db'"),
  },
};

const libsql = {
  driver: 'libsql, as the option driver',
  files: {
    ...dependingOn('typeorm', 'libsql'),
    ...dataSource("type: 'better-sqlite3',\n  driver: Libsql,\n  database: 'app.db'", "import Libsql from 'libsql';"),
  },
};

const sqljs = {
  driver: 'sql.js',
  files: {
    ...dependingOn('typeorm', 'sql.js'),
    ...dataSource("type: 'sqljs',\n  location: 'app.db',\n  autoSave: true"),
  },
};

/** TypeORM on the types of data sources that are SQLite. */
export const typeorm: readonly ProgramDriver[] = [
  {
    ...{ ...of1, ...better },
    step: stepOf((database, migrations) => new DataSource({ type: 'better-sqlite3', database, migrations })),
  },
  {
    ...{ ...of1, ...libsql },
    step: stepOf(
      (database, migrations) => new DataSource({ type: 'better-sqlite3', driver: Libsql, database, migrations }),
    ),
  },
  {
    ...{ ...of1, ...sqljs },
    step: stepOf((location, migrations) => new DataSource({ type: 'sqljs', location, autoSave: true, migrations })),
  },
  {
    ...{ ...of03, ...better },
    step: stepOf((database, migrations) => new DataSource03({ type: 'better-sqlite3', database, migrations })),
  },
  {
    ...{ ...of03, driver: 'sqlite3', needs: 'sqlite3' },
    files: { ...dependingOn('typeorm', 'sqlite3'), ...dataSource("type: 'sqlite',\n  database: 'app.db'") },
    step: stepOf((database, migrations) => new DataSource03({ type: 'sqlite', database, migrations })),
  },
  {
    ...{ ...of03, ...libsql },
    step: stepOf(
      (database, migrations) => new DataSource03({ type: 'better-sqlite3', driver: Libsql, database, migrations }),
    ),
  },
  {
    ...{ ...of03, ...sqljs },
    step: stepOf((location, migrations) => new DataSource03({ type: 'sqljs', location, autoSave: true, migrations })),
  },
];
