import type { Folder } from '../folder.ts';
import { anyText } from '../parts.ts';

/** Formatted SQL of Liquibase. https://docs.liquibase.com/concepts/changelogs/sql-format.html */
export function recognise({ files, text }: Folder): string | null {
  const file = anyText(files, text, /^--\s*liquibase\s+formatted\s+sql\b/im);
  return file === undefined ? null : `--liquibase formatted sql in ${file}`;
}
