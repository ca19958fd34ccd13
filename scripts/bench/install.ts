import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';

/**
 * Where packages are put that only the bench needs: below `node_modules`, so that they find the driver of this project
 * and no other copy of it.
 */
const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'rowproof-bench');

/** A folder with packages in its `node_modules`, or why there is none. */
export type Installed = { readonly folder: string } | { readonly reason: string };

/** A function that fills tables with a package from outside, or the reason why it is missing. */
export type Peer = { readonly fill: (db: Sqlite.Database) => Promise<unknown> } | { readonly reason: string };

/** Installs packages, each with its version, unless they are there already. Runs none of their scripts. */
export function install(name: string, packages: readonly string[]): Installed {
  const folder = join(cache, name);
  const mark = join(folder, `${packages.join(' ').replaceAll('/', '+')}.installed`);
  if (existsSync(mark)) return { folder };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  // Without legacy-peer-deps npm would install a second driver, and every other one that a package knows.
  const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--fetch-retries=0'];
  const { status, error, stderr } = spawnSync('npm', ['install', '--prefix', folder, ...flags, ...packages], {
    encoding: 'utf8',
    timeout: 180_000,
    shell: process.platform === 'win32',
  });
  if (status !== 0) return { reason: error?.message ?? stderr.trim().split('\n').at(-1) ?? `npm ended with ${status}` };
  writeFileSync(mark, '');
  return { folder };
}
