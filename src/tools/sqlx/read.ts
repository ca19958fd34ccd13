import type { Folder } from '../folder.ts';
import { byNumber, numberedFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/** Files `N_name.sql` or `N_name.up.sql` by their number. One that begins with `-- no-transaction` runs in none. */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)_(?!.*\.down\.sql$)(.*?)(?:\.up)?\.(sql)$/);
  return {
    ignored: ignored.filter(({ file }) => !/\.down\.sql$/.test(file)),
    files: byNumber(files).map((each) =>
      // A byte order mark stands before the comment, so sqlx does not see it at the beginning.
      each.text.startsWith('-- no-transaction') && folder.bytes(each.file)[0] !== 0xef
        ? { ...each, transaction: 'none' as const }
        : each,
    ),
  };
}
