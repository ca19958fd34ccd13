import { HarnessError } from '../../errors.ts';
import type { Folder } from '../folder.ts';
import { folderFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/**
 * Every folder with a migration.sql, by its name.
 * @throws HarnessError `folder-of-another-tool` for the migrations of another database
 */
export function read(folder: Folder): FolderReading {
  const lock = folder.files.includes('migration_lock.toml') ? folder.text('migration_lock.toml') : '';
  const provider = /^\s*provider\s*=\s*"([^"]*)"/m.exec(lock)?.[1] ?? 'sqlite';
  if (provider !== 'sqlite') {
    throw new HarnessError(
      'folder-of-another-tool',
      `${folder.directory} holds migrations for ${provider}, not SQLite.`,
      {
        remedy: 'Name a folder whose migration_lock.toml says provider = "sqlite".',
        facts: { directory: folder.directory, provider },
      },
    );
  }
  return { files: folderFiles(folder, 'migration.sql'), ignored: [] };
}
