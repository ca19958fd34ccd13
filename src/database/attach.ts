import { closeSync, constants, existsSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { quoteString } from '../sql/quote.ts';
import type { Database } from './connection.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** The schema name of an earlier state beside `main`. */
export const beforeSchema = 'rowproof_before';

/**
 * Attaches a database file for as long as `work` runs. No migration may run during `work`: an attached table replaces a
 * dropped one of the same name (https://sqlite.org/lang_naming.html).
 */
export function attachFile<T>(db: Database, file: string, work: (schema: string) => T): T {
  db.exec(`ATTACH ${quoteString(file)} AS ${beforeSchema}`);
  try {
    return work(beforeSchema);
  } finally {
    db.exec(`DETACH ${beforeSchema}`);
  }
}

let workspace: Workspace | null = null;

/**
 * Attaches the database that `bytes` are. SQLite attaches files alone, so they go to one that is used again and again:
 * making a new file takes thirty times as long as writing over an old one.
 * @throws HarnessError `output-unwritable`
 */
export function attachBytes<T>(db: Database, bytes: Buffer, work: (schema: string) => T): T {
  // Between two runs of one process somebody may clear the folder for temporary files.
  if (workspace === null || !existsSync(workspace.path(''))) workspace = createWorkspace();
  const file = workspace.path('before.db');
  overwrite(file, bytes);
  return attachFile(db, file, work);
}

function overwrite(file: string, bytes: Buffer): void {
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done, done);
    ftruncateSync(descriptor, bytes.length);
  } finally {
    closeSync(descriptor);
  }
}
