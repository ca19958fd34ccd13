/**
 * migrator FILE DIRECTORY [USER]: migrates a database, as the user with that number if one is given, and says `applied`
 * with a number, or the code and the message of the error.
 */
import Sqlite from 'better-sqlite3';
import { migrate } from '../../../src/database/migrator.ts';
import { HarnessError } from '../../../src/errors.ts';
import { readHistory } from '../../../src/tools/history.ts';
import { buildSettings } from '../../build.ts';

const [file = '', directory = '', user] = process.argv.slice(2);
if (user !== undefined) {
  // The driver loads its binary with the first database; the other user may not be able to read it.
  new Sqlite(':memory:').close();
  process.setgroups?.([]);
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
try {
  const now = (): string => new Date().toISOString();
  const { applied, failed } = migrate(file, readHistory(directory), buildSettings(), { now });
  console.log(failed === null ? `applied ${applied.length}` : `failed: ${failed.failure.message}`);
} catch (error) {
  if (!(error instanceof HarnessError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
