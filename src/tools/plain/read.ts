import type { Folder } from '../folder.ts';
import { byNumber, numberedFiles } from '../parts.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

const down = /[._-]down\.\w+$/i;

/**
 * Files that begin with a number or a date, in the order of these: SQL (`.up.sql` too), and programs, which are not run.
 * `.down.sql` files run backwards alone.
 */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = numberedFiles(
    folder,
    /^(\d{4}-\d{2}-\d{2}(?:[-_T ]?\d{2}[-:]?\d{2}(?:[-:]?\d{2})?)?(?!\d)|\d+)(?:[-_. ]?(.*?))(?:\.up)?\.(sql|[cm]?[jt]s|py|go|rb|php|sh)$/is,
  );
  const isDown = (file: string): boolean => down.test(file);
  const backwards = files
    .filter(({ file }) => isDown(file))
    .map(({ file }) => ({ file, reason: 'it is a down migration' }));
  return {
    files: byNumber(namedWhereEqual(files.filter(({ file }) => !isDown(file)))),
    ignored: [...backwards, ...ignored, ...folder.strays].toSorted((a, b) => (a.file < b.file ? -1 : 1)),
  };
}

/**
 * SQL files of one number are told apart by their names, whose order is then theirs: many runners sort names alone. Files whose
 * names differ in zeros or in the case of letters stay as they are, since nothing tells their order.
 */
function namedWhereEqual(files: readonly MigrationFile[]): MigrationFile[] {
  const groups = Map.groupBy(files, ({ id }) => id);
  return files.map((file) => {
    const group = groups.get(file.id) ?? [];
    const names = new Set(group.map(({ name }) => name.toLowerCase()));
    const isNamed = group.length > 1 && names.size === group.length && group.every(({ kind }) => kind === 'sql');
    return isNamed ? { ...file, id: file.name } : file;
  });
}
