/**
 * `floor.ts FILE MIGRATIONS`: copies the file, checks the copy once, and applies what is pending with nothing around it;
 * prints the milliseconds of each part as JSON.
 */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { report } from './report.ts';

const [file = '', migrations = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rowproof bench '));
const parts: Record<string, number> = {};
const measure = (part: string, work: () => unknown): void => {
  const start = performance.now();
  work();
  parts[part] = (parts[part] ?? 0) + performance.now() - start;
};
try {
  const copy = join(folder, 'copy.db');
  measure('copy', () => copyFileSync(file, copy));
  const db = new Sqlite(copy);
  db.pragma('synchronous = OFF');
  measure('quick_check', () => db.prepare('PRAGMA quick_check').all());
  measure('foreign_key_check', () => db.prepare('SELECT count(*) FROM pragma_foreign_key_check').get());
  for (const name of readdirSync(migrations).sort().slice(1)) {
    const sql = readFileSync(join(migrations, name), 'utf8');
    db.pragma(`foreign_keys = ${sql.startsWith('-- rowproof: foreign_keys=off') ? 'OFF' : 'ON'}`);
    measure('apply', () => db.exec(`BEGIN IMMEDIATE;\n${sql};\nCOMMIT`));
  }
  db.close();
  report(parts);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
