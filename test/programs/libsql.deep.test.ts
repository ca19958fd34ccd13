/** Programs that reach their database by @libsql/client, as its documentation has it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { projectWith, standsInForMissing } from './project.ts';

const umzug = (url: string): string => `import { createClient } from '@libsql/client';
import { Umzug } from 'umzug';
const db = createClient({ url: ${JSON.stringify(url)}, authToken: 'secret' });
await db.execute('CREATE TABLE IF NOT EXISTS done (name TEXT PRIMARY KEY)');
export const umzug = new Umzug({
  migrations: { glob: ['migrations/*.js', { cwd: import.meta.dirname }] },
  context: db,
  storage: {
    executed: async () => (await db.execute('SELECT name FROM done ORDER BY name')).rows.map(({ name }) => name),
    logMigration: async ({ name }) => void (await db.execute({ sql: 'INSERT INTO done VALUES (:name)', args: { name } })),
    unlogMigration: async () => {},
  },
  logger: undefined,
});`;

const tables = `export async function up({ context: db }) {
  await db.batch([
    'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, admin INTEGER)',
    'CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE)',
  ], 'write');
}`;

/** A history of Umzug whose second migration has the given lines. */
async function checkSecond(lines: string, url = 'file:app.db') {
  const folder = projectWith({
    'umzug.ts': umzug(url),
    'migrations/1_tables.js': tables,
    'migrations/2_second.js': `export async function up({ context: db }) {\n${lines}\n}`,
    'rows/1_rows.sql': "INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 0); INSERT INTO posts VALUES (1, 1), (2, 2)",
  });
  writeFileSync(join(folder, 'app.db'), '');
  const config = { migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), programs: true } as const;
  return check({ ...config, tool: 'umzug', dataset: ['fixture'] });
}

const rebuild = [
  'CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT, admin INTEGER)',
  'INSERT INTO users_new SELECT * FROM users',
  'DROP TABLE users',
  'ALTER TABLE users_new RENAME TO users',
];

test.runIf(standsInForMissing).each([
  [
    'batch() takes the children of a rebuilt table',
    `  await db.batch(${JSON.stringify(rebuild)}, 'write');`,
    ['rows-lost 2'],
  ],
  ['migrate() switches foreign keys off and keeps them', `  await db.migrate(${JSON.stringify(rebuild)});`, []],
  [
    'a transaction takes them',
    `  const all = await db.transaction('write');\n  for (const sql of ${JSON.stringify(rebuild)}) await all.execute(sql);\n  await all.commit();`,
    ['rows-lost 3'],
  ],
  [
    'a transaction that is closed is rolled back',
    "  const all = await db.transaction();\n  await all.execute({ sql: 'DELETE FROM posts WHERE id < ?', args: [9n] });\n  all.close();",
    [],
  ],
  [
    'executeMultiple() runs every statement',
    "  await db.executeMultiple('PRAGMA foreign_keys = ON; CREATE TABLE other (id); DROP TABLE nowhere');",
    ['fails-on-empty 2'],
  ],
  [
    'a statement that fails is told at its line',
    "\n  await db.execute('ALTER TABLE nowhere ADD COLUMN a');",
    ['fails-on-empty 3'],
  ],
])('%s', async (_what, lines, expected) => {
  const { findings } = await checkSecond(lines);
  const told = findings.filter(({ code }) => code !== 'not-atomic');
  expect(told.map(({ code, line }) => `${code} ${line}`)).toEqual(expected);
});

test.runIf(standsInForMissing)(
  'rows come by name and by place, with integers as numbers and blobs as buffers',
  async () => {
    const { steps, findings } =
      await checkSecond(`  const { rows, columns } = await db.execute("SELECT id, name, x'01' AS b FROM users UNION SELECT 3, 'c', x'02' ORDER BY 1 DESC");
  const [row] = rows;
  const seen = [row.id, row[1], row.b instanceof ArrayBuffer, row.length, Object.keys(row).join(), columns.join()];
  const wanted = [3, 'c', true, 3, 'id,name,b', 'id,name,b'];
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) throw new Error(JSON.stringify(seen));
  const { rowsAffected, lastInsertRowid } = await db.execute('INSERT INTO users (id, admin) VALUES (?, ?)', [9, true]);
  if (rowsAffected !== 1 || lastInsertRowid !== 9n) throw new Error('no row');
  const failed = await db.batch(['SELECT 1', 'INSERT INTO users (id) VALUES (9)']).catch((error) => error);
  const { name, code, extendedCode, statementIndex, cause } = failed;
  const told = [name, code, extendedCode, statementIndex, cause.name].join();
  if (told !== 'LibsqlBatchError,SQLITE_CONSTRAINT,SQLITE_CONSTRAINT_PRIMARYKEY,1,SqliteError') throw new Error(told);`);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(steps.every(({ outcome }) => outcome === 'applied')).toBe(true);
  },
);

test
  .runIf(standsInForMissing)
  .each([
    'libsql://prod.turso.test?authToken=secret',
    'https://user:secret@prod.turso.test/x',
    'wss://prod.turso.test',
  ])('%s is refused by the name of its host', async (url) => {
  const error: unknown = await checkSecond('', url).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'bad-programs',
    message: expect.stringContaining('prod.turso.test is not opened'),
  });
  expect(String(error)).not.toContain('secret');
});
