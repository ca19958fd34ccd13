import { HarnessError } from '../../errors.ts';
import type { Folder } from '../folder.ts';
import { folderFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/**
 * Every folder with a migration.sql, by its name.
 * @throws HarnessError `bad-journal` for a snapshot that is not JSON or is of another dialect
 */
export function read(folder: Folder): FolderReading {
  for (const file of folder.below) if (file.endsWith('/snapshot.json')) refuseUnusable(folder, file);
  return { files: folderFiles(folder, 'migration.sql'), ignored: [] };
}

function refuseUnusable(folder: Folder, file: string): void {
  const dialect = dialectOf(folder, file);
  if (dialect === 'sqlite') return;
  const why =
    dialect === null ? 'is not JSON with a dialect' : `has the dialect ${JSON.stringify(dialect)} instead of sqlite`;
  const shown = folder.shown(file);
  throw new HarnessError('bad-journal', `${shown} ${why}.`, {
    remedy: 'Restore the snapshot from version control, or name the folder of the migrations for SQLite.',
    facts: { file: shown },
  });
}

/** The dialect that a snapshot names; null where it cannot be read. */
function dialectOf(folder: Folder, file: string): unknown {
  try {
    const value: unknown = JSON.parse(folder.text(file));
    return typeof value === 'object' && value !== null && 'dialect' in value ? value.dialect : null;
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    return null;
  }
}
