import type { Folder } from '../folder.ts';
import { folderFiles } from '../parts.ts';
import type { Reading } from '../tool.ts';

/** Every folder with a migration.sql, by its name. */
export function read(folder: Folder): Reading {
  return { files: folderFiles(folder, 'migration.sql'), ignored: [] };
}
