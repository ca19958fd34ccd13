import type { Folder } from '../folder.ts';
import { anyText } from '../parts.ts';

/** The blocks of dbmate. https://github.com/amacneil/dbmate#creating-migrations */
export function recognise({ files, text }: Folder): string | null {
  const file = anyText(files, text, /^--\s*migrate:up\b/m);
  return file === undefined ? null : `-- migrate:up in ${file}`;
}
