import type { Folder } from '../folder.ts';
import { keepParts, numberedFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

const up = /^--\s*migrate:up\b/;
const down = /^--\s*migrate:down\b/;
const noTransaction = /^--\s*migrate:up\b.*\btransaction:false\b/m;

/** Files that begin with digits, in the order of their names as text: 10 before 2. The up block of each. */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)(?:[-_]?(.*))?\.(sql)$/);
  return {
    ignored,
    files: files.map((each) => {
      const text = keepParts(each.text, up, down);
      return { ...each, text, ...(noTransaction.test(each.text) && { transaction: 'none' as const }) };
    }),
  };
}
