import type { Folder } from '../folder.ts';
import { readPrograms } from '../programs.ts';
import type { FolderReading } from '../tool.ts';

/** All programs in the order of their names, which the ledger has with their endings. */
export function read(folder: Folder): FolderReading {
  return readPrograms(
    folder,
    /\.c?[jt]s$/,
    () => true,
    (file) => file,
  );
}
