/**
 * one-by-one FOLDER FILE VERSION: a migrator that runs each statement by itself, as Prisma's engine does on SQLite: the
 * entry of the ledger comes first, its end is noted last, and an entry without an end refuses every deploy.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const [folder = '', file = '', version = ''] = process.argv.slice(2);
const name = readdirSync(folder).find((each) => each.startsWith(`${version}_`)) ?? '';
const text = readFileSync(join(folder, name), 'utf8');
const db = new Sqlite(file);
db.exec('CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY, finished INTEGER)');
const entry = db.prepare('SELECT finished FROM ledger WHERE name = ?').get(version);
if (entry?.finished === 1) process.exit();
if (entry !== undefined) {
  console.error('a failed migration is in the ledger');
  process.exit(1);
}
db.prepare('INSERT INTO ledger VALUES (?, NULL)').run(version);
const statements = text.split(/;\s*/);
for (const sql of statements) if (sql.trim() !== '') db.exec(sql);
db.prepare('UPDATE ledger SET finished = 1 WHERE name = ?').run(version);
db.close();
