/** The traps of tools as the tools themselves fall into them, which test/tools/refusals.test.ts asks rowproof about. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check } from '../../src/api.ts';
import { run } from './command.ts';
import type { RealTool } from './real-tool.ts';
import { dbmateUp } from './tools/dbmate.ts';
import { drizzle } from './tools/drizzle.ts';
import { drizzle1 } from './tools/drizzle-1.ts';
import { deployByPrisma, prismaEnvironment } from './tools/prisma.ts';

function projectWith(files: Readonly<Record<string, string>>): string {
  const project = mkdtempSync(join(tmpdir(), 'rowproof trap '));
  onTestFinished(() => rmSync(project, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  return project;
}

function tablesOf(file: string): unknown[] {
  const db = new Sqlite(file, { readonly: true });
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('a', 'c') ORDER BY name").pluck().all();
  db.close();
  return names;
}

const two = 'CREATE TABLE a (b);\nCREATE TABLE c (d);\n';
const journal =
  '{ "version": "7", "dialect": "sqlite", "entries": [{ "idx": 0, "version": "6", "when": 1, "tag": "0000_a" }] }';

/** One migration of drizzle, in the form of the version that a tool's name says. */
function filesOf(name: string, text: string): Readonly<Record<string, string>> {
  return name.includes('1.0')
    ? {
        'drizzle/20260101000000_a/migration.sql': text,
        'drizzle/20260101000000_a/snapshot.json': '{ "dialect": "sqlite" }',
      }
    : { 'drizzle/0000_a.sql': text, 'drizzle/meta/_journal.json': journal };
}

describe.each([...drizzle, ...drizzle1])('$name', ({ name, apply, config }: RealTool) => {
  test('runs at most the first of two statements in a piece, as rowproof predicts', async () => {
    const project = projectWith(filesOf(name, two));
    const { findings } = await check({ migrations: join(project, 'drizzle'), dataset: ['one-row'], ...config });
    const refused = findings.find(({ code }) => code === 'refused-by-tool');
    expect(refused).toMatchObject({ statement: 2 });
    const file = join(project, 'app.db');
    const outcome = await Promise.resolve()
      .then(() => apply(project, file, null))
      .then(
        () => 'silent',
        () => 'refused',
      );
    expect(outcome).toBe(/runs only the first/.test(refused?.message ?? '') ? 'silent' : 'refused');
    expect(tablesOf(file)).toEqual(outcome === 'silent' ? ['a'] : []);
  });
});

describe.each([...drizzle, ...drizzle1])('$name', ({ name, apply, config }: RealTool) => {
  test.each(['', '\n', '-- the end\n'])('accepts or refuses a piece of %j, as rowproof predicts', async (piece) => {
    const text = `CREATE TABLE a (b);\n--> statement-breakpoint\n${piece}`;
    const project = projectWith(filesOf(name, text));
    const { findings } = await check({ migrations: join(project, 'drizzle'), dataset: ['one-row'], ...config });
    const file = join(project, 'app.db');
    const isRefused = await Promise.resolve()
      .then(() => apply(project, file, null))
      .then(
        () => false,
        () => true,
      );
    expect(findings.some(({ code }) => code === 'refused-by-tool')).toBe(isRefused);
  });
});

test('dbmate refuses a BEGIN of its own', () => {
  const project = projectWith({ 'db/migrations/1_a.sql': `-- migrate:up\nBEGIN;\n${two}COMMIT;\n-- migrate:down\n` });
  expect(() => dbmateUp(project, join(project, 'app.db'))).toThrow(/cannot start a transaction within a transaction/);
});

test('Prisma leaves half of a failed file, and refuses every deploy until it is resolved', async () => {
  const files = {
    'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n}\n',
    'prisma/migrations/migration_lock.toml': 'provider = "sqlite"\n',
    'prisma/migrations/20260101000000_a/migration.sql': 'CREATE TABLE a (b);\nINSERT INTO a VALUES (1), (1);\n',
    'prisma/migrations/20260102000000_c/migration.sql': 'CREATE TABLE c (d);\nCREATE UNIQUE INDEX a_b ON a (b);\n',
  };
  const project = projectWith(files);
  const { findings } = await check({ migrations: join(project, 'prisma/migrations'), dataset: ['one-row'] });
  expect(findings).toContainEqual(expect.objectContaining({ code: 'fails-on-empty', migration: '20260102000000_c' }));

  const file = join(project, 'app.db');
  expect(() => deployByPrisma(project, file)).toThrow(/Unique constraint failed/);
  expect(tablesOf(file)).toEqual(['a', 'c']);
  const again = (): string => run('prisma', ['migrate', 'deploy'], project, prismaEnvironment);
  expect(again).toThrow(/P3009/);

  const db = new Sqlite(file);
  // The last is what `prisma migrate resolve --rolled-back` writes, which the engine of WASM does not offer.
  db.exec(
    "DROP TABLE c; DELETE FROM a; UPDATE _prisma_migrations SET rolled_back_at = '2026-01-01T00:00:00.000+00:00' WHERE finished_at IS NULL",
  );
  db.close();
  again();
  expect(tablesOf(file)).toEqual(['a', 'c']);
});
