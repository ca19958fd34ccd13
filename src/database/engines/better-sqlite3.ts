// Before the driver, which crashes on an older Node.
import '../../supported-node.ts';
import Sqlite from 'better-sqlite3';
import { HarnessError } from '../../errors.ts';
import type { Database, Engine, OpenOptions } from '../engine.ts';

/** The engine of all that has no reason for another: https://github.com/WiseLibs/better-sqlite3 */
export const betterSqlite3: Engine = {
  name: 'better-sqlite3',
  version: () => {
    const db: Database = new Sqlite(':memory:');
    const version = db.prepare<[], string>('SELECT sqlite_version()').pluck().get();
    db.close();
    return version ?? '';
  },
  openMemory: (bytes, options) => {
    refuseStrings(options);
    return bytes === undefined ? new Sqlite(':memory:') : new Sqlite(bytes);
  },
  openFile: (path, { mustExist, timeout, ...options }) => {
    refuseStrings(options);
    return new Sqlite(path, { fileMustExist: mustExist, timeout });
  },
  errorOf: (error) => (error instanceof Sqlite.SqliteError ? { code: error.code, message: error.message } : null),
};

/** Its SQLite is compiled with SQLITE_DQS=0. https://sqlite.org/compile.html#dqs */
function refuseStrings({ doubleQuotedStrings }: OpenOptions): void {
  if (!doubleQuotedStrings) return;
  throw new HarnessError('unsupported', 'The SQLite of better-sqlite3 is built without double-quoted strings.', {
    remedy: 'Leave out --engine, use --engine node, or write strings in single quotes.',
  });
}
