/** The program that runs the migrations tells the driver, and whether it switches foreign keys off before; nothing is executed. */
import { expect, test } from 'vitest';
import type { Runner } from '../../src/model/tool.ts';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';

const table = 'CREATE TABLE a (b);';
const drizzle = {
  'package.json': '{ "dependencies": { "@libsql/client": "1", "better-sqlite3": "1" } }',
  'drizzle/0000_a.sql': table,
  'drizzle/meta/_journal.json': '{ "dialect": "sqlite", "entries": [{ "idx": 0, "tag": "0000_a", "when": 1 }] }',
};
const goose = { 'go.mod': 'module a\n', 'db/1_a.sql': `-- +goose Up\n${table}` };
const diesel = { 'Cargo.toml': '[package]\n', 'diesel.toml': '', 'm/1_a/up.sql': table };

const runner = (files: Readonly<Record<string, string>>, place: string): Runner =>
  readHistory(`${folderWith(files)}/${place}`).runner;
const imports = (driver: string): string => `import { migrate } from 'drizzle-orm/${driver}/migrator';\n`;

test('the import of a migrator takes precedence over package.json', () => {
  const { driver, driverEvidence } = runner(
    { ...drizzle, 'src/db/migrate.ts': `${imports('better-sqlite3')}migrate(db, {});` },
    'drizzle',
  );
  expect({ driver, driverEvidence }).toEqual({ driver: 'better-sqlite3', driverEvidence: 'src/db/migrate.ts' });
  expect(runner(drizzle, 'drizzle').driver).toBe('libsql');
});

test.each<[string, Readonly<Record<string, string>>, string, Runner['foreignKeys']]>([
  [
    'off before the call',
    { ...diesel, 'src/db.rs': 'sql_query("PRAGMA foreign_keys = OFF");\nconn.run_pending_migrations(M);' },
    'm',
    { on: false, evidence: 'src/db.rs:1' },
  ],
  [
    'off behind the call',
    { ...diesel, 'src/db.rs': 'conn.run_pending_migrations(M);\nsql_query("PRAGMA foreign_keys = OFF");' },
    'm',
    null,
  ],
  [
    'off in a comment',
    { ...diesel, 'src/db.rs': '// PRAGMA foreign_keys = OFF\nconn.run_pending_migrations(M);' },
    'm',
    null,
  ],
  [
    'off in one of two programs',
    {
      ...diesel,
      'src/a.rs': 'sql_query("PRAGMA foreign_keys = OFF");\nconn.run_pending_migrations(M);',
      'src/b.rs': 'conn.run_pending_migrations(M);',
    },
    'm',
    null,
  ],
  [
    'off in a test',
    { ...diesel, 'tests/db.rs': 'sql_query("PRAGMA foreign_keys = OFF");\nconn.run_pending_migrations(M);' },
    'm',
    null,
  ],
  [
    'on in the address, under a driver that leaves them off',
    { ...goose, 'db/open.go': 'sql.Open("sqlite3", path+"?_foreign_keys=on")' },
    'db',
    { on: true, evidence: 'db/open.go:1' },
  ],
  [
    'off in a function of its own that other programs call',
    {
      ...diesel,
      'src/db.rs':
        'pub fn run_migrations(c: &mut Conn) {\n  sql_query("PRAGMA foreign_keys = OFF");\n  c.run_pending_migrations(M);\n}',
      'src/main.rs': 'fn main() {\n  run_migrations(&mut conn);\n}',
    },
    'm',
    { on: false, evidence: 'src/db.rs:2' },
  ],
  [
    'off beside the helper of tests, which calls it too',
    {
      ...diesel,
      'src/a.rs': 'sql_query("PRAGMA foreign_keys = OFF");\nrun_migrations(conn);',
      'src/test_utils.rs': 'conn.run_pending_migrations(M);',
    },
    'm',
    { on: false, evidence: 'src/a.rs:1' },
  ],
  [
    'off beside a program whose name is of tests in another way',
    {
      ...diesel,
      'src/a.rs': 'sql_query("PRAGMA foreign_keys = OFF");\nrun_migrations(conn);',
      'src/prepareTestDb.ts': 'conn.run_pending_migrations(M);',
    },
    'm',
    { on: false, evidence: 'src/a.rs:1' },
  ],
  [
    'off beside a program whose name only holds the letters',
    {
      ...diesel,
      'src/a.rs': 'sql_query("PRAGMA foreign_keys = OFF");\nrun_migrations(conn);',
      'src/latest.rs': 'conn.run_pending_migrations(M);',
    },
    'm',
    null,
  ],
  [
    'off before runMigrations() of TypeORM, which switches them on when it connects',
    {
      'package.json': '{ "dependencies": { "typeorm": "0.3.12", "sqlite3": "5" } }',
      'm/1606730060700-A.ts': 'export class A1606730060700 implements MigrationInterface {}',
      'src/index.ts': "await db.initialize();\nawait db.query('PRAGMA foreign_keys=OFF');\nawait db.runMigrations();",
    },
    'm',
    { on: false, evidence: 'src/index.ts:2' },
  ],
  [
    'on right behind the call, and in the server that starts later, under a driver that leaves them off',
    {
      ...goose,
      'db/up.go': 'func Up() {\n\tgoose.UpContext(ctx, db, ".")\n\n\tdb.Exec("PRAGMA foreign_keys = ON")\n}',
      'db/server.go': 'func Serve() {\n\tdb.Exec("PRAGMA foreign_keys = ON")\n}',
    },
    'db',
    null,
  ],
  [
    'on behind the call, in the function that opens the database',
    {
      ...goose,
      'db/up.go':
        'func Up() {\n\tgoose.UpContext(ctx, db, ".")\n}\n\nfunc Open() {\n\tdb.Exec("PRAGMA foreign_keys = ON")\n}',
    },
    'db',
    { on: true, evidence: 'db/up.go:6' },
  ],
  ['on in memory alone', { ...goose, 'db/open.go': 'sql.Open("sqlite3", "file::memory:?_fk=1")' }, 'db', null],
  [
    'on in the address, and off before the call',
    {
      ...goose,
      'db/open.go': 'sql.Open("sqlite3", path+"?_foreign_keys=on")',
      'db/up.go':
        'db.Exec("PRAGMA foreign_keys=off")\ndefer db.Exec("PRAGMA foreign_keys=on")\ngoose.UpContext(ctx, db, ".")',
    },
    'db',
    null,
  ],
  [
    'off under the migrator of libsql, which does so itself',
    {
      ...drizzle,
      'migrate.ts': `${imports('libsql')}await client.execute('PRAGMA foreign_keys = OFF');\nawait migrate(db, {});`,
    },
    'drizzle',
    null,
  ],
])('%s', (_name, files, place, expected) => {
  expect(runner(files, place).foreignKeys).toEqual(expected);
});

test.each<[string, Readonly<Record<string, string>>, Runner['driver'], Runner['foreignKeys']]>([
  ['Rust', { 'Cargo.toml': '[dependencies]\nrusqlite = "0.38"\n' }, 'rust', null],
  ['Go', { 'go.mod': 'require modernc.org/sqlite v1.39.0\n' }, 'go', null],
  [
    'Go, whose connections enforce keys',
    {
      'go.mod': 'require github.com/mattn/go-sqlite3 v1\n',
      'store/store.go': 'query.Set("_foreign_keys", "on")',
    },
    'go',
    { on: true, evidence: 'store/store.go:1' },
  ],
  ['Rust below a package', { 'package.json': '{}', 'Cargo.toml': '[dependencies]\nsqlx = "0.8"\n' }, 'rust', null],
])('the driver of a plain folder in %s', (_name, files, driver, foreignKeys) => {
  const found = runner({ ...files, 'store/sql/1_a.sql': table }, 'store/sql');
  expect({ driver: found.driver, foreignKeys: found.foreignKeys }).toEqual({ driver, foreignKeys });
});

test('a comment that mentions down does not make a folder of the npm package sqlite', () => {
  const files = {
    'go.mod': 'require github.com/golang-migrate/migrate/v4 v4\n',
    'm/1_a.up.sql': table,
    'm/1_a.down.sql': '-- down\nDROP TABLE a;',
  };
  expect(runner(files, 'm').tool).toBe('golang-migrate');
  expect(runner({ 'm/1-a.sql': `-- Up\n${table}\n-- DOWN\nDROP TABLE a;` }, 'm').tool).toBe('npm-sqlite');
});

test('a journal entry that migrations.js does not import is refused, like by the migrator on the device', () => {
  const expo = (imports: string) => ({ ...drizzle, 'drizzle/migrations.js': imports });
  expect(runner(expo("import m0000 from './0000_a.sql';"), 'drizzle').driver).toBe('expo');
  expect(() => runner(expo("import journal from './meta/_journal.json';"), 'drizzle')).toThrow(
    /lists 0000_a\.sql, which migrations\.js does not import/,
  );
});

/** A program that cuts the files of drizzle-kit itself; what stands before and behind, and the method that runs a piece. */
const bundled = (before: string, method: string): string =>
  `${before}\nfor (const piece of sql.split('--> statement-breakpoint')) db.${method}(piece);\n`;
const several = {
  'package.json': '{ "dependencies": { "better-sqlite3": "1" } }',
  'drizzle/0000_a.sql': 'CREATE TABLE a (b);\nCREATE TABLE c (d);\n',
  'drizzle/meta/_journal.json': '{ "dialect": "sqlite", "entries": [{ "idx": 0, "tag": "0000_a", "when": 1 }] }',
};

test.each<[string, Readonly<Record<string, string>>, { keys: boolean | null; own: string | null; refused: number }]>([
  [
    'that runs several statements at once, with foreign keys off',
    { 'src/db.ts': bundled("db.pragma('foreign_keys = OFF');", 'exec') },
    { keys: false, own: 'src/db.ts:2', refused: 0 },
  ],
  [
    'that runs one statement at once',
    { 'src/db.ts': bundled('', 'run') },
    { keys: null, own: 'src/db.ts:2', refused: 1 },
  ],
  [
    "beside drizzle's migrator",
    {
      'src/db.ts': `${imports('better-sqlite3')}migrate(db, {});`,
      'src/dump.ts': bundled("db.pragma('foreign_keys = OFF');", 'exec'),
    },
    { keys: null, own: null, refused: 1 },
  ],
  ['in a comment', { 'src/db.ts': "// split at '--> statement-breakpoint'" }, { keys: null, own: null, refused: 1 }],
  [
    'beside a call of another migrate()',
    { 'src/db.ts': bundled("db.pragma('foreign_keys = OFF');", 'exec'), 'src/theme.ts': 'migrate(theme);' },
    { keys: false, own: 'src/db.ts:2', refused: 0 },
  ],
])('a program of the project cuts the files of drizzle-kit itself, %s', (_name, program, told) => {
  const { runner, migrations } = readHistory(`${folderWith({ ...several, ...program })}/drizzle`);
  expect({
    keys: runner.foreignKeys?.on ?? null,
    own: runner.ownProgram?.evidence ?? null,
    refused: migrations.flatMap(({ refusals }) => refusals ?? []).length,
  }).toEqual(told);
});

test('a program of the project cuts the files of sql-migrate itself, whatever they are called', () => {
  const files = {
    'go.mod': 'module a\n',
    'db/migrations/harbour0001.sql': '-- +migrate Down\nDROP TABLE a;\n\n-- +migrate Up\nCREATE TABLE a (b)',
    'db/migrations/harbour0002.sql': '-- +migrate Down\nDROP TABLE c;\n\n-- +migrate Up\nCREATE TABLE c (d);\n',
    'db/migrations/notes.sql': 'SELECT 1;',
  };
  const program = [
    'const cut = "-- +migrate Up"',
    'source := &migrate.MemoryMigrationSource{}',
    'db.Exec("PRAGMA foreign_keys = OFF")',
    'migrate.Exec(db, "sqlite3", source, migrate.Up)',
  ].join('\n');
  const read = (more: Readonly<Record<string, string>>) => {
    const { runner, migrations, ignored } = readHistory(`${folderWith({ ...files, ...more })}/db/migrations`);
    const refused = migrations.flatMap(({ refusals }) => refusals ?? []).length;
    return { names: migrations.map(({ name }) => name), ignored: ignored.length, refused, own: runner.ownProgram };
  };
  const names = ['harbour0001', 'harbour0002'];
  expect(read({})).toEqual({ names, ignored: 1, refused: 1, own: undefined });
  const own = { evidence: 'db/run.go:1', runsSeveral: true };
  expect(read({ 'db/run.go': program })).toEqual({ names, ignored: 1, refused: 0, own });
});
