import type { Folder } from '../folder.ts';
import { byNumber, keepLines, numberedFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/** Numbered files by their number, each up to its line `-- Down`, whatever follows the word. */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = numberedFiles(folder, /^(\d+).(.*?)\.(sql)$/);
  return {
    ignored,
    files: byNumber(files).map((each) => {
      const end = each.text.split('\n').findIndex((line) => /^--\s+down\b/i.test(line));
      return end < 0 ? each : { ...each, text: keepLines(each.text, (_line, number) => number < end) };
    }),
  };
}
