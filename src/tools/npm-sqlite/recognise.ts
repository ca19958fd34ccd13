import type { Folder } from '../folder.ts';
import { anyText } from '../parts.ts';

/** Files with a line `-- Down`, as the npm package sqlite has them. https://github.com/kriasoft/node-sqlite */
export function recognise({ files, text }: Folder): string | null {
  // A remark at the head of a `.down.sql` reads the same.
  const numbered = files.filter((name) => /^\d+.*\.sql$/.test(name) && !/\.(?:up|down)\.sql$/.test(name));
  const file = anyText(numbered, text, /^--\s+down\s*$/im);
  return file === undefined ? null : `-- Down in ${file}`;
}
