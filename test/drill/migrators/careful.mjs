/** careful FOLDER FILE VERSION: a migrator that asks and writes its ledger in the transaction of the migration. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const [folder = '', file = '', version = ''] = process.argv.slice(2);
const name = readdirSync(folder).find((each) => each.startsWith(`${version}_`)) ?? '';
const text = readFileSync(join(folder, name), 'utf8');
const db = new Sqlite(file, { timeout: 20_000 });
db.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY)');
if (db.prepare('SELECT 1 FROM ledger WHERE name = ?').get(version) === undefined) {
  db.exec(text);
  db.prepare('INSERT INTO ledger VALUES (?)').run(version);
}
db.exec('COMMIT');
db.close();
