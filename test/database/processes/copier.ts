/**
 * copier SOURCE DESTINATION [USER]: copies a database, as the user with that number if one is given, and says `copied`
 * or the code and the message of the error.
 */
import Sqlite from 'better-sqlite3';
import { copyDatabase } from '../../../src/database/copy.ts';
import { HarnessError } from '../../../src/errors.ts';

const [source = '', destination = '', user] = process.argv.slice(2);
if (user !== undefined) {
  // The driver loads its binary with the first database; the other user may not be able to read it.
  new Sqlite(':memory:').close();
  process.setgroups?.([]);
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
try {
  await copyDatabase(source, destination);
  console.log('copied');
} catch (error) {
  if (!(error instanceof HarnessError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
