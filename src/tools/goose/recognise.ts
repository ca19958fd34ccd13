import type { Folder } from '../folder.ts';
import { anyText } from '../parts.ts';

/** The annotations of goose. https://pressly.github.io/goose/documentation/annotations/ */
export function recognise({ files, text }: Folder): string | null {
  const file = anyText(files, text, /^--\s*\+goose\s+Up\b/im);
  return file === undefined ? null : `-- +goose Up in ${file}`;
}
