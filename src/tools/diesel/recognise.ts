import type { Folder } from '../folder.ts';

/** Folders with an up.sql, as diesel makes them. https://diesel.rs/guides/getting-started */
export function recognise(folder: Folder): string | null {
  const first = folder.below.find((file) => file.endsWith('/up.sql'));
  if (first === undefined) return null;
  return folder.above(/^diesel\.toml$/) === null ? first : 'diesel.toml';
}
