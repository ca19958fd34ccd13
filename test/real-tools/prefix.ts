import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Takes away all but the first migrations of a folder, which are files or folders in the order of their names. */
export function keepFirst(folder: string, count: number | null, isMigration = /^\d/): void {
  if (count === null) return;
  const names = readdirSync(folder).filter((name) => isMigration.test(name));
  for (const name of names.sort().slice(count)) rmSync(join(folder, name), { recursive: true });
}

/** Takes away all but the first entries of a journal of drizzle-kit 0.x. */
export function keepFirstEntries(folder: string, count: number | null): void {
  if (count === null) return;
  const path = join(folder, 'meta', '_journal.json');
  const journal: { entries: unknown[] } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
}
