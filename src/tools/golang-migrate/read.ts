import type { Folder } from '../folder.ts';
import { byNumber, numberedFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/**
 * Files `N_name.up.sql` by their number. golang-migrate takes any text behind `.up.`, so that it runs `30_tags.up..sql` too, and
 * the last direction in a name counts: `30_tags.up.sql.down.sql` runs backwards.
 * https://github.com/golang-migrate/migrate/blob/master/source/parse.go
 */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)_(.*)\.up\.((?!(?:.*\.)?down\.).*)$/);
  return { files: byNumber(files), ignored: ignored.filter(({ file }) => !/\.down\./.test(file)) };
}
