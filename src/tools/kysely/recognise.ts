import type { Folder } from '../folder.ts';
import { findProgram } from '../programs.ts';

/** Numbered programs that import Kysely. https://kysely.dev/docs/migrations */
export function recognise(folder: Folder): string | null {
  const file = findProgram(
    folder,
    /^\d/,
    /\bfrom\s+['"]kysely['"]|require\(\s*['"]kysely['"]\s*\)|@param\s*\{.*\bKysely\b/,
  );
  return file === null ? null : `${file}, which imports Kysely`;
}
