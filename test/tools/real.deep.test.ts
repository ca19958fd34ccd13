/** What the emulation says beside what the tools themselves do: the same folder, the same rows, the real program. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import Sqlite from 'better-sqlite3';
import Postgrator from 'postgrator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { gate, seed } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';

const rows = `INSERT INTO users (id, email, name) VALUES (1, 'ada@x.test', 'Ada'), (2, 'bob@x.test', 'Bob');
INSERT INTO posts (id, user_id, title) VALUES (1, 1, 'one'), (2, 2, 'two');
INSERT INTO comments (id, post_id, body) VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');`;

/** How a tool applies the first `count` migrations of a folder, or all of them, to a file. */
type Run = (folder: string, file: string, count: number | null) => Promise<void> | void;

/** The first migrations of a drizzle 0.x folder, in a folder of their own: the migrator runs all that the journal lists. */
function shortened(folder: string, count: number | null): string {
  if (count === null) return folder;
  const short = mkdtempSync(join(tmpdir(), 'rowproof short '));
  onTestFinished(() => rmSync(short, { recursive: true, force: true }));
  cpSync(folder, short, { recursive: true });
  const path = join(short, 'meta', '_journal.json');
  const journal: { entries: unknown[] } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return short;
}

/** The same for drizzle 1.0, whose migrations are the folders that are there. */
function fewer(folder: string, count: number | null): string {
  const short = mkdtempSync(join(tmpdir(), 'rowproof fewer '));
  onTestFinished(() => rmSync(short, { recursive: true, force: true }));
  for (const name of readdirSync(folder)
    .sort()
    .slice(0, count ?? undefined))
    cpSync(join(folder, name), join(short, name), { recursive: true });
  return short;
}

const tools: Readonly<Record<string, { sample: string; place: string; config: Config; run: Run }>> = {
  'drizzle 0.x on better-sqlite3': {
    sample: 'drizzle-0x',
    place: 'drizzle',
    config: { driver: 'better-sqlite3' },
    run: async (folder, file, count) => {
      const { drizzle } = await import('drizzle-orm/better-sqlite3');
      const { migrate } = await import('drizzle-orm/better-sqlite3/migrator');
      const db = new Sqlite(file);
      migrate(drizzle(db), { migrationsFolder: shortened(folder, count) });
      db.close();
    },
  },
  'drizzle 0.x on libsql': {
    sample: 'drizzle-0x',
    place: 'drizzle',
    config: { driver: 'libsql' },
    run: async (folder, file, count) => {
      const { drizzle } = await import('drizzle-orm/libsql');
      const { migrate } = await import('drizzle-orm/libsql/migrator');
      const client = createClient({ url: pathToFileURL(file).href });
      await migrate(drizzle(client), { migrationsFolder: shortened(folder, count) });
      client.close();
    },
  },
  'drizzle 1.0 on better-sqlite3': {
    sample: 'drizzle-1x',
    place: 'drizzle',
    config: { driver: 'better-sqlite3' },
    run: async (folder, file, count) => {
      const { drizzle } = await import('drizzle-orm-1/better-sqlite3');
      const { migrate } = await import('drizzle-orm-1/better-sqlite3/migrator');
      const client = new Sqlite(file);
      migrate(drizzle({ client }), { migrationsFolder: fewer(folder, count) });
      client.close();
    },
  },
  postgrator: {
    sample: 'postgrator',
    place: 'migrations',
    config: { driver: 'better-sqlite3' },
    run: async (folder, file, count) => {
      const db = new Sqlite(file);
      const postgrator = new Postgrator({
        driver: 'sqlite3',
        migrationPattern: `${folder}/*`,
        execQuery: async (query: string) => {
          const statement = db.prepare(query);
          if (statement.reader) return { rows: statement.all() };
          statement.run();
          return { rows: [] };
        },
        execSqlScript: async (script: string) => {
          db.exec(script);
        },
      });
      await postgrator.migrate(count === null ? 'max' : String(count));
      db.close();
    },
  },
  dbmate: {
    sample: 'dbmate',
    place: 'db/migrations',
    config: {},
    run: (folder, file, count) => {
      const short = mkdtempSync(join(tmpdir(), 'rowproof dbmate '));
      onTestFinished(() => rmSync(short, { recursive: true, force: true }));
      for (const name of readdirSync(folder)
        .sort()
        .slice(0, count ?? undefined))
        cpSync(join(folder, name), join(short, name));
      const dbmate = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'dbmate');
      execFileSync(dbmate, ['--no-dump-schema', '--url', `sqlite:${file}`, '--migrations-dir', short, 'up'], {
        stdio: 'pipe',
      });
    },
  },
};

describe.each(Object.entries(tools))('%s', (_name, { sample, place, config, run }) => {
  test('leaves the rows that the emulation says, and a ledger that the gate reads', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rowproof real '));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(join(import.meta.dirname, 'samples', sample), folder, { recursive: true });
    const migrations = join(folder, place);
    const real = join(folder, 'real.db');

    await run(migrations, real, 1);
    const db = new Sqlite(real);
    db.exec(rows);
    db.close();
    await run(migrations, real, 2);

    const { gate: told, findings } = await gate({ migrations, ...config }, { file: real });
    expect(told).toMatchObject({ pending: 1 });
    // The hashes in the ledger are those of the files.
    expect(findings.filter(({ code }) => code === 'history-edited' || code === 'skipped-migration')).toEqual([]);
    await run(migrations, real, null);
    const left = count(real);

    const seeds = join(folder, 'rows');
    mkdirSync(seeds);
    const { migrations: all } = readHistory(migrations);
    writeFileSync(join(seeds, `${all[0]?.id}_rows.sql`), rows);
    const emulated = join(folder, 'emulated.db');
    await seed({ migrations, seeds, ...config }, { dataset: ['fixture'], file: emulated, at: all[2]?.id });
    expect(count(emulated)).toBe(left);
    // The gate had seen what was to come.
    expect(findings.some(({ code }) => code === 'rows-lost')).toBe(left !== '2/2/3');
  });
});

/** Three migrations, of which the second comes to production after the third, as files of each tool. */
const late: Readonly<Record<string, (numbers: readonly number[]) => Readonly<Record<string, string>>>> = {
  'drizzle 0.x on better-sqlite3': (numbers) => ({
    'meta/_journal.json': JSON.stringify({
      version: '7',
      dialect: 'sqlite',
      entries: numbers.map((n, idx) => ({ idx, version: '6', when: n * 1000, tag: `000${n}_t`, breakpoints: true })),
    }),
    ...Object.fromEntries(numbers.map((n) => [`000${n}_t.sql`, `CREATE TABLE t${n} (x);`])),
  }),
  'drizzle 1.0 on better-sqlite3': (numbers) =>
    Object.fromEntries(
      numbers.flatMap((n) => [
        [`2024010${n}000000_t/migration.sql`, `CREATE TABLE t${n} (x);`],
        [`2024010${n}000000_t/snapshot.json`, '{"dialect":"sqlite"}'],
      ]),
    ),
  dbmate: (numbers) =>
    Object.fromEntries(
      numbers.map((n) => [
        `${n}_t.sql`,
        `-- migrate:up\nCREATE TABLE t${n} (x);\n-- migrate:down\nDROP TABLE t${n};\n`,
      ]),
    ),
  postgrator: (numbers) => Object.fromEntries(numbers.map((n) => [`${n}.do.t.sql`, `CREATE TABLE t${n} (x);`])),
};

test.each(Object.entries(late))('%s does with a late migration what the gate says', async (name, files) => {
  const tool = tools[name];
  if (tool === undefined) throw new Error(`no tool ${name}`);
  const file = join(folderWith(), 'app.db');
  await tool.run(folderWith(files([1, 3])), file, null);
  const folder = folderWith(files([1, 2, 3]));
  const { findings, gate: told } = await gate({ migrations: folder, ...tool.config }, { file });
  const isSkipped = findings.some(({ code }) => code === 'skipped-migration');
  expect(told?.pending).toBe(isSkipped ? 0 : 1);
  await tool.run(folder, file, null);
  const db = new Sqlite(file, { readonly: true });
  const made = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 't2'").pluck().get();
  db.close();
  expect(made).toBe(isSkipped ? 0 : 1);
});

function count(file: string): string {
  const db = new Sqlite(file, { readonly: true });
  const counts = ['users', 'posts', 'comments'].map((table) =>
    db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  );
  db.close();
  return counts.join('/');
}
