import type { Folder } from '../folder.ts';
import { byNumber, numberedFiles } from '../parts.ts';
import type { Reading } from '../tool.ts';

const down = /[._-]down\.\w+$/i;

/**
 * Files that begin with a number or a date, in the order of these: SQL (`.up.sql` too), and programs, which are not run.
 * `.down.sql` files run backwards alone.
 */
export function read(folder: Folder): Reading {
  const { files, ignored } = numberedFiles(
    folder,
    /^(\d{4}-\d{2}-\d{2}(?:[-_T ]?\d{2}[-:]?\d{2}(?:[-:]?\d{2})?)?(?!\d)|\d+)(?:[-_. ]?(.*?))(?:\.up)?\.(sql|[cm]?[jt]s|py|go|rb|php|sh)$/is,
  );
  const isDown = (file: string): boolean => down.test(file);
  const backwards = files
    .filter(({ file }) => isDown(file))
    .map(({ file }) => ({ file, reason: 'it is a down migration' }));
  return {
    files: byNumber(files.filter(({ file }) => !isDown(file))),
    ignored: [...backwards, ...ignored, ...folder.strays].toSorted((a, b) => (a.file < b.file ? -1 : 1)),
  };
}
