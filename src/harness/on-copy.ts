import type { ResolvedConfig } from '../config.ts';
import { type Database, openFile } from '../database/connection.ts';
import { copyDatabase } from '../database/copy.ts';
import { createWorkspace } from '../database/workspace.ts';

/**
 * Reads from a copy of a database file, because opening a file in WAL mode, even to read, leaves files beside it.
 * @throws HarnessError when the file cannot be copied, and as `read` does.
 */
export async function readCopy<T>(
  file: string,
  { settings, integrity }: Pick<ResolvedConfig, 'settings' | 'integrity'>,
  read: (db: Database) => T,
): Promise<T> {
  const workspace = createWorkspace();
  try {
    const copy = workspace.path('copy.db');
    await copyDatabase(file, copy, integrity);
    const db = openFile(copy, settings, { mustExist: true });
    try {
      return read(db);
    } finally {
      db.close();
    }
  } finally {
    workspace.dispose();
  }
}
