import type { Folder } from '../folder.ts';
import { readPrograms } from '../programs.ts';
import type { Reading } from '../tool.ts';

/** All programs in the order of their names, which the ledger has with their endings. */
export function read(folder: Folder): Reading {
  return readPrograms(
    folder,
    /\.c?[jt]s$/,
    () => true,
    (file) => file,
  );
}
