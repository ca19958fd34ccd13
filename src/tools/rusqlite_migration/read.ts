import type { Folder } from '../folder.ts';
import { byNumber, folderFiles } from '../parts.ts';
import type { Reading } from '../tool.ts';

/** Every folder with an up.sql, by its number. */
export function read(folder: Folder): Reading {
  return { files: byNumber(folderFiles(folder, 'up.sql')), ignored: [] };
}
