import type { Folder } from '../folder.ts';
import { byNumber, numberedFiles } from '../parts.ts';
import type { Reading } from '../tool.ts';

/**
 * Files `N_name.up.sql` by their number. golang-migrate takes any text behind `.up.`, so that it runs `30_tags.up..sql` too.
 * https://github.com/golang-migrate/migrate/blob/master/source/parse.go
 */
export function read(folder: Folder): Reading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)_(.*)\.up\.(.*)$/);
  return { files: byNumber(files), ignored: ignored.filter(({ file }) => !/\.down\./.test(file)) };
}
