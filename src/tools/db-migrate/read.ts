import type { Folder } from '../folder.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

/** Each program with its SQL file, in the order of their names; one that has none is a program alone. */
export function read(folder: Folder): FolderReading {
  const files = folder.files
    .filter((file) => /^\d+.*\.[cm]?[jt]s$/.test(file))
    .map((program): MigrationFile => {
      const name = program.replace(/\.\w+$/, '');
      const sql = `sqls/${name}-up.sql`;
      const common = { id: /^\d+/.exec(name)?.[0] ?? name, ledgerId: `/${name}`, name };
      return folder.below.includes(sql)
        ? { ...common, file: sql, kind: 'sql', text: folder.text(sql) }
        : { ...common, file: program, kind: 'code', text: '' };
    });
  return { files, ignored: [] };
}
