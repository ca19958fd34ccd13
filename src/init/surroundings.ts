// This room knows what a project looks like around its migrations, and writes the files that put rowproof into it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The package managers whose lockfile decides how CI installs. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** The services whose CI jobs rowproof can write. */
export const ciNames = ['github', 'gitlab', 'none'] as const;

export type CiName = (typeof ciNames)[number];

/** The files around the migrations of a project. */
export interface Surroundings {
  /** Its folder, absolute. */
  readonly root: string;
  /** The root of the Git repository that it lies in, absolute; null outside of one. */
  readonly repository: string | null;
  /** Null where there is no package.json. */
  readonly packages: {
    readonly manager: PackageManager;
    /** Whether package.json names vitest, and rowproof. */
    readonly hasVitest: boolean;
    readonly hasRowproof: boolean;
  } | null;
  /** The service that the repository's files point to; `none` without a sign. */
  readonly ci: CiName;
}

/** Looks round in a folder, and up to the root of its repository. Unreadable files count as absent. */
export function lookAround(folder: string): Surroundings {
  const root = resolve(folder);
  const repository = above(root, '.git');
  const top = repository ?? root;
  return { root, repository, packages: readPackages(root, top), ci: findCi(top) };
}

function readPackages(root: string, top: string): Surroundings['packages'] {
  const text = read(join(root, 'package.json'));
  if (text === null) return null;
  const names = dependenciesIn(text);
  const manager = lockfiles.find(([file]) => existsSync(join(root, file)) || existsSync(join(top, file)))?.[1] ?? 'npm';
  return { manager, hasVitest: names.includes('vitest'), hasRowproof: names.includes('rowproof') };
}

function dependenciesIn(text: string): string[] {
  try {
    const manifest: unknown = JSON.parse(text);
    return ['dependencies', 'devDependencies'].flatMap((key) => keysOf(entryOf(manifest, key)));
  } catch {
    // Whoever reads that package.json tells what is wrong with it.
    return [];
  }
}

function entryOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

const lockfiles: readonly (readonly [file: string, manager: PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

/** Its own files tell most; otherwise the remotes of the repository do. */
function findCi(top: string): CiName {
  if (existsSync(join(top, '.gitlab-ci.yml'))) return 'gitlab';
  if (existsSync(join(top, '.github'))) return 'github';
  const remotes = read(join(top, '.git', 'config')) ?? '';
  if (/\burl\s*=.*github\./.test(remotes)) return 'github';
  return /\burl\s*=.*gitlab/.test(remotes) ? 'gitlab' : 'none';
}

/** The nearest folder, from `folder` up, that holds an entry; null where none does. */
function above(folder: string, entry: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, entry))) return at;
    if (dirname(at) === at) return null;
  }
}

function read(file: string): string | null {
  try {
    return statSync(file).isFile() ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}

/** A path as seen from a folder, with `/`. */
export function seenFrom(folder: string, path: string): string {
  return relative(folder, resolve(path)).replaceAll('\\', '/') || '.';
}
