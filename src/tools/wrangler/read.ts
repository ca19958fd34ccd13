import type { Folder } from '../folder.ts';
import type { FolderReading } from '../tool.ts';

/** Every `.sql` file, by the number before the first `_`, then by name. */
export function read(folder: Folder): FolderReading {
  const number = (file: string): number => Number.parseInt(file, 10) || 0;
  const files = folder.files
    .filter((file) => file.endsWith('.sql'))
    .toSorted((a, b) => number(a) - number(b) || (a < b ? -1 : 1))
    .map((file) => ({
      file,
      id: file.replace(/\.sql$/, ''),
      ledgerId: file,
      name: file.replace(/\.sql$/, ''),
      kind: 'sql' as const,
      text: folder.text(file),
    }));
  return { files, ignored: [] };
}
