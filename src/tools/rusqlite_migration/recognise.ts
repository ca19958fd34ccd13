import type { Folder } from '../folder.ts';

/** Folders `N-name` from 1 on without gaps. https://docs.rs/rusqlite_migration */
export function recognise({ below }: Folder): string | null {
  const numbers = below
    .filter((file) => file.endsWith('/up.sql'))
    .map((file) => Number(/^(\d+)-[^/]+\/up\.sql$/.exec(file)?.[1]));
  const isRow = numbers.length > 0 && numbers.toSorted((a, b) => a - b).every((number, place) => number === place + 1);
  return isRow ? 'folders N-name from 1 on' : null;
}
