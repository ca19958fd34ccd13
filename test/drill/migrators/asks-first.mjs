/** asks-first FOLDER FILE VERSION: a migrator that asks its ledger before it takes the lock, so that two may run at once. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const [folder = '', file = '', version = ''] = process.argv.slice(2);
const name = readdirSync(folder).find((each) => each.startsWith(`${version}_`)) ?? '';
const text = readFileSync(join(folder, name), 'utf8');
const db = new Sqlite(file, { timeout: 20_000 });
db.exec('CREATE TABLE IF NOT EXISTS ledger (name TEXT)');
const isApplied = db.prepare('SELECT 1 FROM ledger WHERE name = ?').get(version) !== undefined;
// What other work a migrator does here.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
if (!isApplied) {
  db.exec('BEGIN IMMEDIATE');
  db.exec(text);
  db.prepare('INSERT INTO ledger VALUES (?)').run(version);
  db.exec('COMMIT');
}
db.close();
