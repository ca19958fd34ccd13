/** A drizzle project as a newcomer makes it, by drizzle-kit itself: the loss is found without an argument, and by the gate. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, onTestFinished, test } from 'vitest';
import { rowproof } from '../cli/run.ts';
import { run } from './command.ts';

const schema = (name: string): string => `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: ${name},
});

export const posts = sqliteTable('posts', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  userId: integer('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  title: text('title').notNull(),
});
`;

/** A project with the migrations that drizzle-kit generates for a schema and its change. */
function newcomersProject(): { readonly folder: string; readonly generate: (schema: string, name: string) => void } {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof newcomer '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = {
    'package.json': JSON.stringify({ dependencies: { 'better-sqlite3': '^13.2.0', 'drizzle-orm': '^0.45.4' } }),
    'drizzle.config.ts': "export default { dialect: 'sqlite', schema: './src/schema.ts', out: './drizzle' };\n",
  };
  mkdirSync(join(folder, 'src'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  symlinkSync(join(import.meta.dirname, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    generate: (text, name) => {
      writeFileSync(join(folder, 'src', 'schema.ts'), text);
      run('drizzle-kit', ['generate', '--name', name], folder);
    },
  };
}

test('a column made optional deletes the posts, and rowproof reports it', () => {
  const { folder, generate } = newcomersProject();
  generate(schema("text('name').notNull()"), 'init');
  const file = join(folder, 'app.db');
  const db = new Sqlite(file);
  migrate(drizzle(db), { migrationsFolder: join(folder, 'drizzle') });
  db.exec("INSERT INTO users (name) VALUES ('Ada'); INSERT INTO posts (user_id, title) VALUES (1, 'one');");
  generate(schema("text('name')"), 'optional');
  expect(readdirSync(join(folder, 'drizzle')).filter((name) => name.endsWith('.sql'))).toEqual([
    '0000_init.sql',
    '0001_optional.sql',
  ]);

  const checked = rowproof([], { cwd: folder });
  expect(checked.status).toBe(1);
  expect(checked.stdout).toMatch(
    /drizzle-kit 0\.x \(meta\/_journal\.json\) · driver better-sqlite3 \(better-sqlite3 in package\.json\)/,
  );
  expect(checked.stdout).toMatch(/✗ 0001_optional {2}loses rows/);
  expect(checked.stdout).toMatch(/on the connection before migrate\(\)/);

  db.close();
  const gated = rowproof(['gate', '--db', file, '--format', 'json'], { cwd: folder });
  expect(gated.status).toBe(1);
  const report: { gate: object; findings: { code: string; severity: string; table: string | null }[] } = JSON.parse(
    gated.stdout,
  );
  expect(report.gate).toMatchObject({ name: '0000_init', pending: 1 });
  expect(report.findings).toContainEqual(
    expect.objectContaining({ code: 'rows-lost', severity: 'error', table: 'posts' }),
  );

  // The gate was right.
  const after = new Sqlite(file);
  migrate(drizzle(after), { migrationsFolder: join(folder, 'drizzle') });
  expect(after.prepare('SELECT count(*) FROM posts').pluck().get()).toBe(0);
  after.close();
});
