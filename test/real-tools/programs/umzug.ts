import { join } from 'node:path';
import process from 'node:process';
import type { RealStep } from '../../programs/real-tools.ts';
import { dependingOn, type ProgramDriver } from './program-driver.ts';

/** The instance that the project exports, on the file. */
const step: RealStep = async (project, file) => {
  process.env['DB'] = file;
  const { umzug, close }: Exported = await import(join(project, 'umzug.ts'));
  delete process.env['DB'];
  await umzug.up({ step: 1 });
  steps.set(project, (steps.get(project) ?? 0) + 1);
  if (steps.get(project) === 3) await close();
};

interface Exported {
  readonly umzug: { readonly up: (options: { step: number }) => Promise<unknown> };
  readonly close: () => unknown;
}

const steps = new Map<string, number>();

/** An instance whose storage is the sample's, over a context with `exec`, `all` and `run`, which may give promises. */
const instance = (imports: string, context: string): { readonly 'umzug.ts': string } => ({
  'umzug.ts': `${imports}
import { Umzug } from 'umzug';

const file = process.env.DB ?? 'app.db';
${context}
export const umzug = new Umzug({
  migrations: { glob: ['migrations/*.ts', { cwd: import.meta.dirname }] },
  context,
  storage: {
    async executed() {
      await context.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)');
      return (await context.all('SELECT name FROM migrations ORDER BY name')).map(({ name }) => name);
    },
    async logMigration({ name }) {
      await context.run('INSERT INTO migrations (name) VALUES (?)', name);
    },
    async unlogMigration() {},
  },
  logger: undefined,
});
`,
});

/** The steps of the sample over such a context. */
const migrations = {
  'migrations/2026.01.01T00.00.00.init.ts': `export const up = async ({ context }) => {
  await context.exec(\`
    CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, name TEXT);
    CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE, title TEXT NOT NULL);
    CREATE TABLE comments (id INTEGER PRIMARY KEY AUTOINCREMENT, post_id INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
      user_id INTEGER REFERENCES users(id) ON DELETE SET NULL, body TEXT NOT NULL);
  \`);
};
`,
  'migrations/2026.01.02T00.00.00.display-name.ts': `export const up = async ({ context }) => {
  await context.exec('ALTER TABLE users ADD COLUMN display_name TEXT');
  for (const { id, name } of await context.all('SELECT id, coalesce(name, email) AS name FROM users'))
    await context.run('UPDATE users SET display_name = ? WHERE id = ?', name, id);
};
`,
  'migrations/2026.01.03T00.00.00.display-name-required.ts': `export const up = async ({ context }) => {
  await context.exec(\`
    BEGIN;
    CREATE TABLE users_new (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, name TEXT, display_name TEXT NOT NULL);
    INSERT INTO users_new SELECT id, email, name, display_name FROM users;
    DROP TABLE users;
    ALTER TABLE users_new RENAME TO users;
    COMMIT;
  \`);
};
`,
};

/** A context over a driver that answers at once. */
const atOnce = `const context = {
  exec: (sql) => void db.exec(sql),
  all: (sql, ...values) => db.prepare(sql).all(...values),
  run: (sql, ...values) => void db.prepare(sql).run(...values),
};
export const close = () => db.close();`;

const common = { title: 'Umzug 3', sample: 'umzug', place: 'migrations', versions: {}, needs: null, step } as const;

/** Umzug, whose project brings the connection. */
export const umzug: readonly ProgramDriver[] = [
  {
    ...{ ...common, driver: 'better-sqlite3' },
    files: {
      ...{ ...dependingOn('umzug', 'better-sqlite3'), ...migrations },
      ...instance("import Database from 'better-sqlite3';", `const db = new Database(file);\n${atOnce}`),
    },
  },
  {
    ...{ ...common, driver: 'node:sqlite' },
    files: {
      ...{ ...dependingOn('umzug'), ...migrations },
      ...instance("import { DatabaseSync } from 'node:sqlite';", `const db = new DatabaseSync(file);\n${atOnce}`),
    },
  },
  {
    ...{ ...common, driver: 'libsql' },
    files: {
      ...{ ...dependingOn('umzug', 'libsql'), ...migrations },
      ...instance("import Database from 'libsql';", `const db = new Database(file);\n${atOnce}`),
    },
  },
  {
    ...{ ...common, driver: '@libsql/client' },
    files: {
      ...{ ...dependingOn('umzug', '@libsql/client'), ...migrations },
      ...instance(
        "import { createClient } from '@libsql/client';",
        `const db = createClient({ url: \`file:\${file}\` });
const context = {
  exec: (sql) => db.executeMultiple(sql),
  all: async (sql, ...args) => (await db.execute({ sql, args })).rows,
  run: (sql, ...args) => db.execute({ sql, args }),
};
export const close = () => db.close();`,
      ),
    },
  },
  {
    ...{ ...common, driver: 'sqlite3', needs: 'sqlite3' },
    files: {
      ...{ ...dependingOn('umzug', 'sqlite3'), ...migrations },
      ...instance(
        "import { promisify } from 'node:util';\nimport sqlite3 from 'sqlite3';",
        `const db = new sqlite3.Database(file);
const context = {
  exec: promisify(db.exec.bind(db)),
  all: (sql, ...values) => promisify(db.all.bind(db))(sql, values),
  run: (sql, ...values) => promisify(db.run.bind(db))(sql, values),
};
export const close = () => promisify(db.close.bind(db))();`,
      ),
    },
  },
  {
    ...{ ...common, sample: 'sequelize-cli', driver: 'sqlite3, by Sequelize and its storage', needs: 'sqlite3' },
    files: {
      ...dependingOn('umzug', 'sequelize', 'sqlite3'),
      'migrations/package.json': '{ "type": "commonjs" }',
      'umzug.ts': `import { createRequire } from 'node:module';
import { Sequelize } from 'sequelize';
import { SequelizeStorage, Umzug } from 'umzug';

const sequelize = new Sequelize({ dialect: 'sqlite', storage: process.env.DB ?? 'app.db', logging: false });
const require = createRequire(import.meta.url);

export const umzug = new Umzug({
  migrations: {
    glob: ['migrations/*.js', { cwd: import.meta.dirname }],
    resolve: ({ name, path, context }) => ({ name, up: () => require(path).up(context, Sequelize) }),
  },
  context: sequelize.getQueryInterface(),
  storage: new SequelizeStorage({ sequelize }),
  logger: undefined,
});
export const close = () => sequelize.close();
`,
    },
  },
];
