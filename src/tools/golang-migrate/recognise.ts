import type { Folder } from '../folder.ts';

/**
 * Pairs `N_name.up.sql` and `.down.sql` under a go.mod with golang-migrate, which refuses two files of one number.
 * https://github.com/golang-migrate/migrate
 */
export function recognise(folder: Folder): string | null {
  if (!folder.files.some((file) => /^\d+_.*\.up\.sql$/.test(file))) return null;
  if (/maragudk\/migrate|maragu\.dev\/migrate/.test(folder.above(/^go\.mod$/)?.text ?? '')) return null;
  return /golang-migrate/.test(folder.above(/^go\.mod$/)?.text ?? '') ? 'golang-migrate in go.mod' : null;
}
