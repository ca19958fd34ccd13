/** `check` with a database: the migrations in its ledger are applied, and are neither judged nor corrected. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { check, migrate } from '../src/api.ts';
import { folderWith } from './temporary.ts';

const first = 'CREATE TABLE a (id INTEGER PRIMARY KEY);';
const unsafe = 'ALTER TABLE a ADD COLUMN size INTEGER NOT NULL;';
const late = 'ALTER TABLE a ADD COLUMN weight INTEGER NOT NULL;';

async function judged(folder: string): Promise<string[]> {
  const { findings } = await check({ migrations: join(folder, 'm') }, { db: join(folder, 'app.db') });
  return findings.map(({ migration }) => migration);
}

test('only what the ledger lacks is judged, and the file stays as it was', async () => {
  const folder = folderWith({ 'm/1_a.sql': first, 'm/2_b.sql': unsafe, 'm/3_c.sql': late });
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file, to: 2 });
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.close();
  const [bytes, files] = [readFileSync(file), readdirSync(folder)];
  expect(await judged(folder)).toEqual(['3_c']);
  expect(readFileSync(file)).toEqual(bytes);
  expect(readdirSync(folder)).toEqual(files);
});

test('the ledger of another tool is read', async () => {
  const up = (sql: string): string => `-- +goose Up\n${sql}\n`;
  const folder = folderWith({ 'm/00001_a.sql': up(first), 'm/00002_b.sql': up(unsafe), 'm/00003_c.sql': up(late) });
  const db = new Database(join(folder, 'app.db'));
  db.exec(`${first} CREATE TABLE goose_db_version (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
    INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1);`);
  db.close();
  expect(await judged(folder)).toEqual(['00002_b', '00003_c']);
});

test('a database with tables and without a ledger tells nothing', async () => {
  const folder = folderWith({ 'm/1_a.sql': first, 'm/2_b.sql': unsafe });
  const db = new Database(join(folder, 'app.db'));
  db.exec(first);
  db.close();
  await expect(judged(folder)).rejects.toMatchObject({ code: 'ledger-missing' });
});
