import type { Folder } from '../folder.ts';

/** Names such as `V1__init.sql` under a Cargo.toml with refinery, or beside migrations in Rust. https://docs.rs/refinery */
export function recognise(folder: Folder): string | null {
  if (!folder.files.some((file) => /^[UV]\d+(?:\.\d+)?__\w+\.(?:sql|rs)$/.test(file))) return null;
  if (/\brefinery\b/.test(folder.above(/^Cargo\.toml$/)?.text ?? '')) return 'refinery in Cargo.toml';
  return folder.files.find((file) => /^[UV]\d+__\w+\.rs$/.test(file)) ?? null;
}
