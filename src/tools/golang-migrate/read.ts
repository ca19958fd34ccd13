import type { Folder } from '../folder.ts';
import { byNumber, numberedFiles } from '../parts.ts';
import type { Reading } from '../tool.ts';

/** Files `N_name.up.sql` by their number. */
export function read(folder: Folder): Reading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)_(.*)\.up\.(sql)$/);
  return { files: byNumber(files), ignored: ignored.filter(({ file }) => !/\.down\.sql$/.test(file)) };
}
