import type { Folder } from '../folder.ts';
import { anyText } from '../parts.ts';

/** The annotations of sql-migrate. https://github.com/rubenv/sql-migrate#writing-migrations */
export function recognise({ files, text }: Folder): string | null {
  const file = anyText(files, text, /^--\s*\+migrate\s+Up\b/m);
  return file === undefined ? null : `-- +migrate Up in ${file}`;
}
