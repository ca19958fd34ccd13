import type { Folder } from '../folder.ts';
import { anyText } from '../parts.ts';

/** Files with a line `-- Down`, as the npm package sqlite has them. https://github.com/kriasoft/node-sqlite */
export function recognise({ files, text }: Folder): string | null {
  const file = anyText(files, text, /^--\s+down\b/im);
  return file === undefined ? null : `-- Down in ${file}`;
}
