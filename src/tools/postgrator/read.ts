import type { Folder } from '../folder.ts';
import { byNumber, numberedFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/** Files `N.do.name.sql` by their number; those with `undo` run backwards alone. */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)\.do\.(.*)\.(sql|[cm]?[jt]s)$/);
  return { files: byNumber(files), ignored: ignored.filter(({ file }) => !/^\d+\.undo\./.test(file)) };
}
