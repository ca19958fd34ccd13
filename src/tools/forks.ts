import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A driver whose forks speak as it does, so that whatever knows the one knows the others. */
export type Forked = 'better-sqlite3' | 'sqlite3';

/** Files that every version of a driver has, and so every fork. */
const marks: readonly (readonly [Forked, readonly string[]])[] = [
  ['better-sqlite3', ['lib/database.js', 'lib/sqlite-error.js']],
  ['sqlite3', ['lib/sqlite3.js', 'lib/sqlite3-binding.js']],
];

/**
 * The driver that a package is, or is a fork of, as far as its name tells: a fork keeps the name behind a scope of its own
 * (`@louislam/sqlite3`) or adds words to it. Types alone are no driver.
 */
export function forkNamed(name: string): Forked | null {
  if (name.startsWith('@types/')) return null;
  const own = name.replace(/^@[^/]+\//, '');
  if (own === 'better-sqlite3' || own === 'better-sqlite3-multiple-ciphers') return 'better-sqlite3';
  return own === 'sqlite3' ? 'sqlite3' : null;
}

/** The driver that an installed package is a fork of, as its files tell, whatever its name is. @param folder of the package. */
export function forkIn(folder: string): Forked | null {
  const found = marks.find(([, files]) => files.every((file) => existsSync(join(folder, file))));
  return found?.[0] ?? null;
}

/** The package that a range of package.json stands for: another one's where it is an alias, as in `npm:@vscode/sqlite3@5`. */
export function aliased(name: string, range: unknown): string {
  const alias = typeof range === 'string' ? /^npm:((?:@[^/@]+\/)?[^@]+)/.exec(range)?.[1] : undefined;
  return alias ?? name;
}
