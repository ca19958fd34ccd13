import type { Folder } from '../folder.ts';
import { findProgram } from '../programs.ts';

/** Numbered programs whose `up` takes `queryInterface`. https://sequelize.org/docs/v6/other-topics/migrations/ */
export function recognise(folder: Folder): string | null {
  const file = findProgram(folder, /^\d/, /\bup\b[^;{]*\(\s*(?:queryInterface|qi|_?query)\b|import\('sequelize-cli'\)/);
  return file === null ? null : `${file}, which takes queryInterface`;
}
