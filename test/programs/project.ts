import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from '../temporary.ts';

/** The samples: one history as each tool keeps it. */
const samples = join(import.meta.dirname, 'samples');

/** The packages of this repository, which stand for those that a project has installed. */
const packages = join(import.meta.dirname, '..', '..', 'node_modules');

const manifest = '{ "type": "module", "dependencies": { "better-sqlite3": "*" } }';

/** A project with the given files, in which the tools are installed. Returns its path. */
export function projectWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith({ 'package.json': manifest, ...files });
  symlinkSync(packages, join(folder, 'node_modules'));
  return folder;
}

/** A project in which some packages are installed in another version. @param versions names of packages here, by those there. */
export function projectOf(
  versions: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): string {
  if (Object.keys(versions).length === 0) return projectWith(files);
  const folder = folderWith({ 'package.json': manifest, ...files });
  const installed = join(folder, 'node_modules');
  mkdirSync(installed);
  for (const name of readdirSync(packages)) {
    if (name.startsWith('.')) continue;
    symlinkSync(join(packages, versions[name] ?? name), join(installed, name));
  }
  return folder;
}

/** A copy of a sample, with rows that are put in after its first step. */
export function sampleWith(sample: string, rows: string, versions: Readonly<Record<string, string>> = {}): string {
  const folder = projectOf(versions, { [`rows/${rows}.sql`]: rowsAfterFirst });
  cpSync(join(samples, sample), folder, { recursive: true });
  return folder;
}

/** Two users, two posts and three comments. */
export const rowsAfterFirst = `INSERT INTO users (id, email, name) VALUES (1, 'ada@x.test', 'Ada'), (2, 'bob@x.test', 'Bob');
INSERT INTO posts (id, user_id, title) VALUES (1, 1, 'one'), (2, 2, 'two');
INSERT INTO comments (id, post_id, body) VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');`;

/**
 * Whether a stand-in takes the place of a driver that is not installed: sqlite3 does not build everywhere. Node 22 tells no hook
 * that a package requires one that is missing.
 */
export const standsInForMissing = !process.versions.node.startsWith('22.');
