import type { Folder } from '../folder.ts';
import { findProgram } from '../programs.ts';

/** Programs that import `@mikro-orm/migrations`. https://mikro-orm.io/docs/migrations */
export function recognise(folder: Folder): string | null {
  const file = findProgram(folder, /^Migration\d|\d{14}/, /['"]@mikro-orm\/migrations['"]/);
  return file === null ? null : `@mikro-orm/migrations in ${file}`;
}
