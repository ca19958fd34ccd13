import type { Folder } from '../folder.ts';
import { byNumber, folderFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/** Every folder with an up.sql, by its number. */
export function read(folder: Folder): FolderReading {
  const files = folderFiles(folder, 'up.sql').map((each) => ({ ...each, id: /^\d+/.exec(each.id)?.[0] ?? each.id }));
  return { files: byNumber(files), ignored: [] };
}
