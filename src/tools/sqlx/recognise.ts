import type { Folder } from '../folder.ts';

/** Numbered files under a Cargo.toml with sqlx. https://docs.rs/sqlx/latest/sqlx/macro.migrate.html */
export function recognise(folder: Folder): string | null {
  if (!folder.files.some((file) => /^\d+_.*\.sql$/.test(file))) return null;
  return /\bsqlx\b/.test(folder.above(/^Cargo\.toml$/)?.text ?? '') ? 'sqlx in Cargo.toml' : null;
}
