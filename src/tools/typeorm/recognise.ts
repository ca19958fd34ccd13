import type { Folder } from '../folder.ts';
import { findProgram } from '../programs.ts';

/** Programs with a class that implements MigrationInterface. https://typeorm.io/docs/migrations/why */
export function recognise(folder: Folder): string | null {
  const file = findProgram(
    folder,
    /\d{10,}/,
    /\bMigrationInterface\b|@implements\s*\{\s*(?:typeorm\.)?MigrationInterface/,
  );
  return file === null ? null : `MigrationInterface in ${file}`;
}
