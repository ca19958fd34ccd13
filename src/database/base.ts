import { readFileSync, statSync } from 'node:fs';
import { HarnessError } from '../errors.ts';
import type { Base } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { formatSize } from '../text/size.ts';
import { type Database, fileError, isMachineFault, openFile, openMemory, sqliteError } from './connection.ts';
import { copyDatabase } from './copy.ts';
import { locate } from './database-file.ts';
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
    refuseHuge(file, statSync(locate(file)).size);
    await copyDatabase(file, copy);
    const db = openFile(copy, settings, { mustExist: true });
    // A file that says WAL in its header cannot be opened from memory: https://sqlite.org/c3ref/deserialize.html
    db.pragma('journal_mode = DELETE');
    db.close();
    refuseHuge(file, statSync(copy).size);
    return readFileSync(copy);
  } catch (error) {
    throw fileError(file, error);
  } finally {
    workspace.dispose();
  }
}

/** The longest file that Node reads as one buffer: https://nodejs.org/api/fs.html#fsreadfilepath-options-callback */
const longestBuffer = 2 ** 31 - 1;

function refuseHuge(file: string, size: number): void {
  if (size <= longestBuffer) return;
  throw new HarnessError(
    'bad-base',
    `${file} has ${formatSize(size)}, but a base is kept in memory, where the limit is 2 GiB.`,
    {
      remedy: 'Make a base that has only the schema and the rows that the migrations need: DELETE, then VACUUM.',
      facts: { file, size, limit: longestBuffer },
    },
  );
}

function runSql(base: Base, settings: Settings): Buffer {
  const db = openMemory(settings);
  try {
    for (const { sql, line } of base.statements) {
      try {
        runPermitted(db, sql, { file: base.file, line });
      } catch (cause) {
        if (cause instanceof HarnessError || isMachineFault(cause)) throw cause;
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
