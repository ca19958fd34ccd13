/** Projects with programs, made in a folder that is there. Nothing here needs a test runner: `pnpm tools` uses it too. */
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The samples: one history as each tool keeps it. */
export const samples = join(import.meta.dirname, 'samples');

/** The packages of this repository, which stand for those that a project has installed. */
const packages = join(import.meta.dirname, '..', '..', 'node_modules');

/** The package.json of a project. */
export const manifest = '{ "type": "module", "dependencies": { "better-sqlite3": "*" } }';

/** Two users, two posts and three comments. */
export const rowsAfterFirst = `INSERT INTO users (id, email, name) VALUES (1, 'ada@x.test', 'Ada'), (2, 'bob@x.test', 'Bob');
INSERT INTO posts (id, user_id, title) VALUES (1, 1, 'one'), (2, 2, 'two');
INSERT INTO comments (id, post_id, body) VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');`;

/** Installs the packages of this repository. @param versions names of packages here, by those in the project. */
export function install(folder: string, versions: Readonly<Record<string, string>> = {}): void {
  const installed = join(folder, 'node_modules');
  if (Object.keys(versions).length === 0) {
    symlinkSync(packages, installed);
    return;
  }
  mkdirSync(installed);
  for (const name of readdirSync(packages)) {
    if (!name.startsWith('.')) symlinkSync(join(packages, versions[name] ?? name), join(installed, name));
  }
}

/** Copies a sample into a folder, with rows that are put in after its first step. */
export function fillWithSample(
  folder: string,
  sample: string,
  rows: string,
  versions: Readonly<Record<string, string>> = {},
): void {
  install(folder, versions);
  writeFileSync(join(folder, 'package.json'), manifest);
  cpSync(join(samples, sample), folder, { recursive: true });
  mkdirSync(join(folder, 'rows'));
  writeFileSync(join(folder, 'rows', `${rows}.sql`), rowsAfterFirst);
}
