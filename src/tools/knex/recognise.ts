import type { Folder } from '../folder.ts';
import { findProgram } from '../programs.ts';

/** Numbered programs whose `up` takes `knex`. https://knexjs.org/guide/migrations.html */
export function recognise(folder: Folder): string | null {
  const form =
    /\b(?:up\s*=\s*(?:async\s+)?(?:function\s*\w*\s*)?\(?|function\s+up\s*\()\s*knex\b|\bfrom\s+['"]knex['"]/;
  const file = findProgram(folder, /^\d/, form);
  return file === null ? null : `${file}, which takes knex`;
}
