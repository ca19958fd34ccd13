/** with-lock FOLDER FILE VERSION: a careful migrator whose lock is a file, which outlives a process that is killed. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const [folder = '', file = '', version = ''] = process.argv.slice(2);
const name = readdirSync(folder).find((each) => each.startsWith(`${version}_`)) ?? '';
const text = readFileSync(join(folder, name), 'utf8');
const db = new Sqlite(file, { timeout: 20_000 });
writeFileSync(`${file}.lock`, '', { flag: 'wx' });
db.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY)');
if (db.prepare('SELECT 1 FROM ledger WHERE name = ?').get(version) === undefined) {
  db.exec(text);
  db.prepare('INSERT INTO ledger VALUES (?)').run(version);
}
db.exec('COMMIT');
db.close();
rmSync(`${file}.lock`);
