/**
 * victim FILE DIRECTORY: migrates a database. Once a migration calls `stop_here()`, it says so and stands still, in the
 * middle of a transaction, until it is killed.
 */
import { writeSync } from 'node:fs';
import { migrate } from '../../../src/database/migrator.ts';
import type { Connection } from '../../../src/model/connection.ts';
import { readHistory } from '../../../src/tools/history.ts';
import { buildSettings } from '../../build.ts';

const [file = '', directory = ''] = process.argv.slice(2);
const connect = (db: Connection): void => {
  db.function('stop_here', {}, () => {
    writeSync(1, 'inside\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return null;
  });
};
migrate(file, readHistory(directory), buildSettings({ connect }), { now: () => '' });
