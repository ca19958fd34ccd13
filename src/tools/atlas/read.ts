import type { Folder } from '../folder.ts';
import { numberedFiles } from '../parts.ts';
import type { Reading } from '../tool.ts';

/** Files `<version>_name.sql` in the order of their names. */
export function read(folder: Folder): Reading {
  return numberedFiles(folder, /^(\d+)(?:_(.*))?\.(sql)$/);
}
