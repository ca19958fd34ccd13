import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

/**
 * Lets programs find themselves in the project that a folder belongs to, where its tools are started in production: the
 * nearest folder with a package.json. A thread has no working directory of its own, so that this is what `process.cwd` says;
 * paths that are given to the file system as they are go by the directory of the whole process.
 */
export function standIn(folder: string): void {
  const root = rootOf(folder);
  if (root !== null) Object.defineProperty(process, 'cwd', { value: () => root });
}

function rootOf(folder: string): string | null {
  if (existsSync(join(folder, 'package.json'))) return folder;
  return dirname(folder) === folder ? null : rootOf(dirname(folder));
}
