import type { Settings } from '../model/settings.ts';
import { type Database, openFile } from './connection.ts';

/**
 * Opens a database file of ours with the settings of production. It need not survive a power cut, so nothing waits for the
 * disk, and sorting uses files: better-sqlite3 would sort in memory (https://sqlite.org/compile.html#temp_store), however
 * many rows there are.
 * @throws HarnessError as `openFile` does
 */
export function openScratchFile(file: string, settings: Settings, options: { mustExist?: boolean } = {}): Database {
  const db = openFile(file, settings, options);
  db.exec('PRAGMA synchronous = OFF; PRAGMA temp_store = FILE');
  return db;
}
