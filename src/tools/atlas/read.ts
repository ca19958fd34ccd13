import type { Folder } from '../folder.ts';
import { numberedFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/** Files `<version>_name.sql` in the order of their names. */
export function read(folder: Folder): FolderReading {
  return numberedFiles(folder, /^(\d+)(?:_(.*))?\.(sql)$/);
}
