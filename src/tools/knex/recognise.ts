import { basename } from 'node:path';
import type { Folder } from '../folder.ts';
import { findProgram } from '../programs.ts';
import { knexfile } from './knexfile.ts';

/** An `up` whose argument is called `knex`, or a type from knex. */
const takesKnex =
  /\b(?:up\s*=\s*(?:async\s+)?(?:function\s*\w*\s*)?\(?|function\s+up\s*\(|up\s*\((?=[\s\S]*\bdown\b))\s*knex\b|\bfrom\s+['"]knex['"]/;

/** Any exported `up`, whose argument may have any name, without a word of another tool for programs. */
const hasUp =
  /^(?!.*\b(?:kysely|mikro-orm|MigrationInterface|queryInterface|sequelize|typeorm|umzug)\b).*(?:\bexports\s*\.\s*up\b|\bexport\s+(?:async\s+)?(?:function|const)\s+up\b|\bup\s*[(:,}])/s;

/** Numbered programs whose `up` takes `knex`, or that a knexfile lies above. https://knexjs.org/guide/migrations.html */
export function recognise(folder: Folder): string | null {
  const file = findProgram(folder, /^\d/, takesKnex);
  if (file !== null) return `${file}, which takes knex`;
  const other = findProgram(folder, /^\d/, hasUp);
  const config = other === null ? null : folder.above(knexfile);
  return config === null ? null : `${other} below ${basename(config.path)}`;
}
