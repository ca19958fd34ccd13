import type { Folder } from '../folder.ts';
import { byNumber, keepParts, numberedFiles } from '../parts.ts';
import type { Reading } from '../tool.ts';

const up = /^--\s*\+migrate\s+Up\b/;
const down = /^--\s*\+migrate\s+Down\b/;
const noTransaction = /^--\s*\+migrate\s+Up\s.*\bnotransaction\b/m;

/** Numbered files in the order of their numbers, the up part of each. */
export function read(folder: Folder): Reading {
  const { files, ignored } = numberedFiles(folder, /^(\d+)(?:[-_](.*))?\.(sql)$/);
  return {
    ignored,
    files: byNumber(files).map((each) => {
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
