import type { Folder } from '../folder.ts';
import { byNumber, keepParts, numberedFiles } from '../parts.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

const up = /^--\s*\+migrate\s+Up\b/m;
const down = /^--\s*\+migrate\s+Down\b/;
const noTransaction = /^--\s*\+migrate\s+Up\s.*\bnotransaction\b/m;

/**
 * The up part of each file: numbered ones in the order of their numbers, then those with other names in the order of these.
 * https://pkg.go.dev/github.com/rubenv/sql-migrate#Migration.Less
 */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)(?:[-_](.*))?\.(sql)$/);
  const isNamed = (file: string): boolean => up.test(folder.text(file));
  const named = ignored.flatMap(({ file }): MigrationFile[] => {
    const name = file.replace(/\.sql$/i, '');
    return isNamed(file) ? [{ file, id: name, name, kind: 'sql', text: folder.text(file) }] : [];
  });
  return {
    ignored: ignored.filter(({ file }) => !isNamed(file)),
    files: [...byNumber(files), ...named].map((each) => {
      const text = keepParts(each.text, up, down);
      return {
        ...each,
        id: each.name,
        ledgerId: each.file,
        text,
        ...(noTransaction.test(each.text) && { transaction: 'none' as const }),
      };
    }),
  };
}
