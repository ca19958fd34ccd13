import type { Config } from '../../src/config.ts';
import type { ToolName } from '../../src/model/tool.ts';

/** A project whose second migration loses the children of a table, and the same as the advice of its tool corrects it. */
export interface Corrected {
  readonly tool: ToolName;
  /** The folder of migrations. */
  readonly place: string;
  /** Path to text, of both. */
  readonly common: Readonly<Record<string, string>>;
  /** The files of the unsafe one, and of the corrected one. */
  readonly wrong: Readonly<Record<string, string>>;
  readonly right: Readonly<Record<string, string>>;
  /** Foreign keys where the driver leaves them off by itself, and whatever else the folder does not tell. */
  readonly config: Config;
  /** Further settings of the corrected one, where the advice concerns a flag of the tool that no file shows. */
  readonly told?: Config;
  /** The words of the advice. */
  readonly words: RegExp;
}

/** The tables, with ON DELETE CASCADE. */
export const first = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE, title TEXT);
`;

const rebuilding = [
  "CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');",
  "INSERT INTO users_new (id, name) SELECT id, coalesce(name, '') FROM users;",
  'DROP TABLE users;',
  'ALTER TABLE users_new RENAME TO users;',
];
const rebuild = `${rebuilding.join('\n')}\n`;
const switched = `PRAGMA foreign_keys = OFF;\nBEGIN;\n${rebuild}COMMIT;\nPRAGMA foreign_keys = ON;\n`;
const saved = `CREATE TABLE saved_posts AS SELECT * FROM posts;
${rebuild}INSERT OR IGNORE INTO posts (id, user_id, title) SELECT id, user_id, title FROM saved_posts;
DROP TABLE saved_posts;
`;

const breakpoint = '\n--> statement-breakpoint\n';
const pieces = (sql: string): string =>
  sql
    .trim()
    .split(/(?<=;)\n/)
    .join(breakpoint);
const journal = JSON.stringify({
  version: '7',
  dialect: 'sqlite',
  entries: ['0000_a', '0001_b'].map((tag, idx) => ({ idx, version: '6', when: 1_700_000_000_000 + idx, tag })),
});

/** The program of a project that migrates with drizzle; FILE is the database. */
const drizzleProgram = (orm: string, lines: readonly string[]): string =>
  `import Database from 'better-sqlite3';
import { drizzle } from '${orm}/better-sqlite3';
import { migrate } from '${orm}/better-sqlite3/migrator';

const client = new Database(process.env.FILE);
${lines.join('\n')}
client.close();
`;
const migrate = "migrate(drizzle({ client }), { migrationsFolder: 'drizzle' });";
const off = ["client.pragma('foreign_keys = OFF');", migrate, "client.pragma('foreign_keys = ON');"];

const sqliteMigrate = "await db.migrate({ migrationsPath: import.meta.dirname + '/migrations' });\n";

const keysOn: Config = { foreignKeys: true };

/** One for each tool. */
export const corrections: readonly Corrected[] = [
  {
    tool: 'rowproof',
    place: 'migrations',
    common: { 'migrations/1_a.sql': first },
    wrong: { 'migrations/2_b.sql': rebuild },
    right: { 'migrations/2_b.sql': `-- rowproof: foreign_keys=off\n${rebuild}` },
    config: { tool: 'rowproof' },
    words: /rowproof: foreign_keys=off/,
  },
  {
    tool: 'drizzle',
    place: 'drizzle',
    common: {
      'package.json': '{ "type": "module", "dependencies": { "better-sqlite3": "^13.0.0", "drizzle-orm": "^0.45.0" } }',
      'drizzle/meta/_journal.json': journal,
      'drizzle/0000_a.sql': pieces(first),
      'drizzle/0001_b.sql': pieces(rebuild),
    },
    wrong: { 'migrate.mjs': drizzleProgram('drizzle-orm', [migrate]) },
    right: { 'migrate.mjs': drizzleProgram('drizzle-orm', off) },
    config: {},
    words: /on the connection before migrate\(\)/,
  },
  {
    tool: 'drizzle-1',
    place: 'drizzle',
    common: {
      'package.json': '{ "type": "module", "dependencies": { "better-sqlite3": "^13.0.0", "drizzle-orm": "1.0.0" } }',
      'drizzle/20260101000000_a/snapshot.json': '{ "dialect": "sqlite" }',
      'drizzle/20260101000000_a/migration.sql': pieces(first),
      'drizzle/20260102000000_b/snapshot.json': '{ "dialect": "sqlite" }',
      'drizzle/20260102000000_b/migration.sql': pieces(rebuild),
    },
    wrong: { 'migrate.mjs': drizzleProgram('drizzle-orm-1', [migrate]) },
    right: { 'migrate.mjs': drizzleProgram('drizzle-orm-1', off) },
    config: {},
    words: /on the connection before migrate\(\)/,
  },
  {
    tool: 'prisma',
    place: 'prisma/migrations',
    common: {
      'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n}\n',
      'prisma/migrations/migration_lock.toml': 'provider = "sqlite"\n',
      'prisma/migrations/20260101000000_a/migration.sql': first,
    },
    wrong: { 'prisma/migrations/20260102000000_b/migration.sql': rebuild },
    right: {
      'prisma/migrations/20260102000000_b/migration.sql': `PRAGMA foreign_keys = OFF;\n${rebuild}PRAGMA foreign_keys = ON;\n`,
    },
    config: {},
    words: /at the head of the file and ON at its end/,
  },
  {
    tool: 'wrangler',
    place: 'migrations',
    common: {
      'wrangler.jsonc':
        '{ "name": "a", "compatibility_date": "2026-01-01", "d1_databases": [{ "binding": "DB", "database_name": "app", "database_id": "00000000-0000-0000-0000-000000000000" }] }',
      'migrations/0001_a.sql': first,
    },
    wrong: { 'migrations/0002_b.sql': `PRAGMA defer_foreign_keys = on;\n${rebuild}` },
    right: { 'migrations/0002_b.sql': saved },
    config: {},
    words: /copy the child rows into another table/,
  },
  {
    tool: 'goose',
    place: 'migrations',
    common: { 'migrations/00001_a.sql': `-- +goose Up\n${first}` },
    wrong: { 'migrations/00002_b.sql': `-- +goose Up\n${rebuild}` },
    right: { 'migrations/00002_b.sql': `-- +goose NO TRANSACTION\n-- +goose Up\n${switched}` },
    config: keysOn,
    words: /\+goose NO TRANSACTION/,
  },
  {
    tool: 'sql-migrate',
    place: 'migrations',
    common: { 'migrations/1_a.sql': `-- +migrate Up\n${first}` },
    wrong: { 'migrations/2_b.sql': `-- +migrate Up\n${rebuild}` },
    right: { 'migrations/2_b.sql': `-- +migrate Up notransaction\n${switched}` },
    config: keysOn,
    words: /Up notransaction/,
  },
  {
    tool: 'dbmate',
    place: 'db/migrations',
    common: { 'db/migrations/1_a.sql': `-- migrate:up\n${first}-- migrate:down\n` },
    wrong: { 'db/migrations/2_b.sql': `-- migrate:up\n${rebuild}-- migrate:down\n` },
    right: { 'db/migrations/2_b.sql': `-- migrate:up transaction:false\n${switched}-- migrate:down\n` },
    config: keysOn,
    words: /migrate:up transaction:false/,
  },
  {
    tool: 'golang-migrate',
    place: 'migrations',
    common: {
      'go.mod': 'module a\nrequire github.com/golang-migrate/migrate/v4 v4.18.0\n',
      'migrations/1_a.up.sql': first,
    },
    wrong: { 'migrations/2_b.up.sql': rebuild },
    right: { 'migrations/2_b.up.sql': switched },
    config: keysOn,
    told: { transaction: 'none' },
    words: /x-no-tx-wrap=true/,
  },
  {
    tool: 'sqlx',
    place: 'migrations',
    common: { 'Cargo.toml': '[dependencies]\nsqlx = "0.8"\n', 'migrations/1_a.sql': first },
    wrong: { 'migrations/2_b.sql': rebuild },
    right: { 'migrations/2_b.sql': `-- no-transaction\n${switched}` },
    config: {},
    words: /-- no-transaction/,
  },
  {
    tool: 'diesel',
    place: 'migrations',
    common: { 'diesel.toml': '', 'migrations/1_a/up.sql': first },
    wrong: { 'migrations/2_b/up.sql': rebuild },
    right: { 'migrations/2_b/up.sql': switched, 'migrations/2_b/metadata.toml': 'run_in_transaction = false\n' },
    config: {},
    words: /run_in_transaction = false/,
  },
  {
    tool: 'refinery',
    place: 'migrations',
    common: {
      'Cargo.toml': '[dependencies]\nrefinery = "0.9"\n',
      'migrations/V1__a.sql': first,
      'migrations/V2__b.sql': rebuild,
    },
    wrong: { 'src/main.rs': 'fn main() {\n    embedded::migrations::runner().run(&mut conn).unwrap();\n}\n' },
    right: {
      'src/main.rs':
        'fn main() {\n    conn.pragma_update(None, "foreign_keys", "OFF").unwrap();\n    embedded::migrations::runner().run(&mut conn).unwrap();\n}\n',
    },
    config: {},
    words: /on the connection before run\(\)/,
  },
  {
    tool: 'rusqlite_migration',
    place: 'migrations',
    common: { 'migrations/1-a/up.sql': first, 'migrations/2-b/up.sql': rebuild, 'Cargo.toml': '[dependencies]\n' },
    wrong: { 'src/main.rs': 'fn main() {\n    MIGRATIONS.to_latest(&mut conn).unwrap();\n}\n' },
    right: {
      'src/main.rs':
        'fn main() {\n    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();\n    MIGRATIONS.to_latest(&mut conn).unwrap();\n}\n',
    },
    config: {},
    words: /on the connection before to_latest\(\)/,
  },
  {
    tool: 'sqldelight',
    place: 'sqldelight/migrations',
    common: { 'sqldelight/migrations/1.sqm': first, 'sqldelight/migrations/2.sqm': rebuild },
    wrong: {},
    right: {},
    config: keysOn,
    told: { foreignKeys: false },
    words: /on the connection before Schema\.migrate\(\)/,
  },
  {
    tool: 'flyway',
    place: 'sql',
    common: { 'sql/V1__a.sql': first },
    wrong: { 'sql/V2__b.sql': rebuild },
    right: { 'sql/V2__b.sql': switched, 'sql/V2__b.sql.conf': 'executeInTransaction=false\n' },
    config: keysOn,
    words: /executeInTransaction=false/,
  },
  {
    tool: 'liquibase',
    place: 'changelog',
    common: { 'changelog/1.sql': `--liquibase formatted sql\n--changeset a:1\n${first}` },
    wrong: { 'changelog/2.sql': `--liquibase formatted sql\n--changeset a:2\n${rebuild}` },
    right: {
      'changelog/2.sql': `--liquibase formatted sql\n--changeset a:2 runInTransaction:false\nPRAGMA foreign_keys = OFF;\n${rebuild}PRAGMA foreign_keys = ON;\n`,
    },
    config: keysOn,
    words: /runInTransaction:false/,
  },
  {
    tool: 'npm-sqlite',
    place: 'migrations',
    common: {
      'package.json': '{ "dependencies": { "better-sqlite3": "^13.0.0", "sqlite": "^5.1.0" } }',
      'migrations/001-a.sql': `${first}-- Down\nDROP TABLE posts;\n`,
      'migrations/002-b.sql': rebuild,
    },
    wrong: { 'app.mjs': `export default async (db) => {\n  ${sqliteMigrate}};\n` },
    right: {
      'app.mjs': `export default async (db) => {\n  await db.exec('PRAGMA foreign_keys = OFF');\n  ${sqliteMigrate}  await db.exec('PRAGMA foreign_keys = ON');\n};\n`,
    },
    config: {},
    words: /on the connection before db\.migrate\(\)/,
  },
  {
    tool: 'db-migrate',
    place: 'migrations',
    common: { 'migrations/1-a.js': '', 'migrations/2-b.js': '', 'migrations/sqls/1-a-up.sql': first },
    wrong: { 'migrations/sqls/2-b-up.sql': rebuild },
    right: { 'migrations/sqls/2-b-up.sql': switched },
    config: keysOn,
    told: { transaction: 'none' },
    words: /--non-transactional/,
  },
  {
    tool: 'postgrator',
    place: 'migrations',
    common: { 'migrations/001.do.a.sql': first },
    wrong: { 'migrations/002.do.b.sql': rebuild },
    right: { 'migrations/002.do.b.sql': switched },
    config: {},
    words: /postgrator runs it without a transaction/,
  },
];
