import type { Folder } from '../folder.ts';
import { findProgram } from '../programs.ts';
import { config } from './config.ts';

/** Any exported `up` that takes two things, or none, without a word of another tool for programs. */
const hasUp =
  /^(?!.*\b(?:kysely|knex|mikro-orm|MigrationInterface|typeorm|umzug)\b).*(?:\bexports\s*\.\s*up\b|\bexport\s+(?:async\s+)?(?:function|const)\s+up\b|\bup\s*[(:,}])/s;

/**
 * Numbered programs whose `up` takes `queryInterface`, or that lie below a `.sequelizerc`.
 * https://sequelize.org/docs/v6/other-topics/migrations/
 */
export function recognise(folder: Folder): string | null {
  const file = findProgram(folder, /^\d/, /\bup\b[^;{]*\(\s*(?:queryInterface|qi|_?query)\b|import\('sequelize-cli'\)/);
  if (file !== null) return `${file}, which takes queryInterface`;
  const other = findProgram(folder, /^\d/, hasUp);
  return other === null || folder.above(config.names) === null ? null : `${other} below .sequelizerc`;
}
