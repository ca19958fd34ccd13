import type { Folder } from '../folder.ts';
import { byNumber, keepParts, numberedFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

const up = /^--\s*\+goose\s+Up\b/i;
const down = /^--\s*\+goose\s+Down\b/i;
const noTransaction = /^--\s*\+goose\s+NO\s+TRANSACTION\b/im;

/** Files `N_name.sql` by their number, the up part of each; `.go` files are programs. */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)_(.*)\.(sql|go)$/);
  return {
    ignored,
    files: byNumber(files).map((each) => {
      const text = keepParts(each.text, up, down);
      return { ...each, text, ...(noTransaction.test(each.text) && { transaction: 'none' as const }) };
    }),
  };
}
