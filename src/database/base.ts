import { readFileSync } from 'node:fs';
import { HarnessError } from '../errors.ts';
import type { Base } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { type Database, openFile, openMemory, sqliteError } from './connection.ts';
import { copyDatabase } from './copy.ts';
import { runPermitted } from './guard/permit.ts';
import { createWorkspace } from './workspace.ts';

/**
 * Prepares version 0 once, so that every database of a run can start from it.
 * @param base a database file, which is copied as if it were in use, or SQL; null for nothing.
 * @returns a function that opens a new in-memory database at version 0.
 * @throws HarnessError `bad-base`, `statement-refused`, `database-missing`, `database-unreadable`, `database-locked`
 */
export async function prepareBase(base: Base | null, settings: Settings): Promise<() => Database> {
  if (base === null) return () => openMemory(settings);
  const bytes = base.kind === 'database' ? await readDatabase(base.file, settings) : runSql(base, settings);
  return () => openMemory(settings, bytes);
}

async function readDatabase(file: string, settings: Settings): Promise<Buffer> {
  const workspace = createWorkspace();
  try {
    const copy = workspace.path('base.db');
    await copyDatabase(file, copy);
    const db = openFile(copy, settings, { mustExist: true });
    // A file that says WAL in its header cannot be opened from memory: https://sqlite.org/c3ref/deserialize.html
    db.pragma('journal_mode = DELETE');
    db.close();
    return readFileSync(copy);
  } finally {
    workspace.dispose();
  }
}

function runSql(base: Base, settings: Settings): Buffer {
  const db = openMemory(settings);
  try {
    for (const { sql, line } of base.statements) {
      try {
        runPermitted(db, sql, { file: base.file, line });
      } catch (cause) {
        if (cause instanceof HarnessError) throw cause;
        const message = sqliteError(cause)?.message ?? String(cause);
        throw new HarnessError('bad-base', `${base.file}:${line} cannot run: ${message}.`, {
          remedy: 'The base must run on an empty database by itself.',
          facts: { file: base.file, line },
          cause,
          // Its rows are the project's own.
          vetted: true,
        });
      }
    }
    return db.serialize();
  } finally {
    db.close();
  }
}
