/** `profile.ts FILE MIGRATIONS`: scans all values of a file once, then takes its profile; prints what both take as JSON. */
import Sqlite from 'better-sqlite3';
import { profile } from '../../../src/api.ts';
import { report } from './report.ts';

const [file = '', migrations = ''] = process.argv.slice(2);
const parts: Record<string, number> = {};
const measure = async (part: string, work: () => unknown): Promise<void> => {
  const { user, system } = process.cpuUsage();
  await work();
  const after = process.cpuUsage();
  parts[part] = (after.user - user + after.system - system) / 1_000;
};
await measure('scan', () => {
  // A connection that only reads would leave the files of the write-ahead log behind.
  const db = new Sqlite(file);
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  for (const table of tables) {
    const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_xinfo(?)').pluck().all(table);
    db.prepare(`SELECT ${columns.map((column) => `max("${column}")`).join(', ')} FROM "${table}" NOT INDEXED`).get();
  }
  db.close();
});
await measure('profile', () => profile({ migrations }, { file }));
report(parts);
