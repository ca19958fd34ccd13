import { accessSync, constants, fstatSync, lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { beginsDatabase, readHeader } from './database-header.ts';
import { companions, findInput, type Inputs, identify, sources } from './inputs.ts';

/** The target of an output. */
export type OutputTarget =
  /** A regular file, there already or not; links are followed. */
  | { readonly kind: 'file'; readonly path: string; readonly known: Stats | null }
  /** A stream: a pipe with a reader, the null device, this process's own output. */
  | { readonly kind: 'stream'; readonly path: string; readonly own: 'stdout' | 'stderr' | null };

/**
 * Finds the target of an output, and refuses targets that it would destroy: inputs of the command, databases and the
 * files beside them, programs, SQL and manifests.
 * @param replacing the kind of file that may be replaced: a `report`, which is a text, or a `database`
 * @throws HarnessError `output-unwritable`
 */
export function findTarget(file: string, inputs: Inputs, replacing: 'report' | 'database'): OutputTarget {
  try {
    const named = resolve(file);
    const there = statSync(named, { throwIfNoEntry: false }) ?? null;
    if (there?.isDirectory() === true) throw unwritable(file, 'it is a folder', 'Name a file in it.');
    const own = there === null ? null : ownStream(there);
    if (there !== null && !there.isFile()) {
      if (replacing === 'report' && (own !== null || takesText(there))) return { kind: 'stream', path: named, own };
      throw unwritable(file, 'it is a pipe, a socket or a device', 'Name a file.');
    }
    const path = realTarget(named);
    accessSync(dirname(path), constants.W_OK);
    if (there !== null) accessSync(path, constants.W_OK);
    const loss = describeLoss(path, there, inputs, replacing);
    if (loss !== null) throw unwritable(file, loss, 'Name another file.');
    // A shell has opened it, perhaps to append to it.
    if (own !== null && replacing === 'report') return { kind: 'stream', path, own };
    return { kind: 'file', path, known: there };
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    throw unwritableBecause(file, error);
  }
}

/** The error of an output that the file system refuses. */
export function unwritableBecause(file: string, cause: unknown): HarnessError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return unwritable(file, message, 'Name a file in a folder that exists and that you may write to.', cause);
}

/** The error of an output that may not be written. */
export function unwritable(file: string, why: string, remedy: string, cause?: unknown): HarnessError {
  return new HarnessError('output-unwritable', `${file} cannot be written: ${why}.`, {
    remedy,
    facts: { file },
    cause,
  });
}

/** The reason why the file at a path, or beside it, must not be overwritten; null if it may be. */
function describeLoss(
  path: string,
  known: Stats | null,
  inputs: Inputs,
  replacing: 'report' | 'database',
): string | null {
  const input = findInput(path, inputs);
  if (input !== null) return `it is ${input}, an input of this command`;
  const owner = companions.map((ending) => withoutEnding(path, ending)).find((name) => name !== null);
  if (owner !== undefined) return `SQLite would treat it as a part of the database ${owner}`;
  if (known === null || known.size === 0) return null;
  const name = basename(path).toLowerCase();
  if (sources.test(name) || manifests.has(name)) return 'it is a source file of a project';
  if (replacing === 'database') return null;
  return beginsDatabase(readHeader(path)) || databaseEndings.has(extname(name)) ? 'it is a database' : null;
}

const databaseEndings: ReadonlySet<string> = new Set(['.db', '.db3', '.sqlite', '.sqlite3', '.s3db', '.sl3']);
const manifests: ReadonlySet<string> = new Set([
  ...['package.json', 'package-lock.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'yarn.lock', 'bun.lock'],
  ...['tsconfig.json', 'deno.json', 'jsr.json', 'wrangler.json', 'wrangler.toml', '.env'],
]);

/** The path of the database that `path` would belong to for SQLite; null without one. */
function withoutEnding(path: string, ending: string): string | null {
  if (!path.toLowerCase().endsWith(ending)) return null;
  const database = path.slice(0, -ending.length);
  return identify(database) === null ? null : database;
}

/** A pipe or the null device; other devices, such as disks, cannot take a report. */
function takesText(stats: Stats): boolean {
  const devices = ['/dev/null', '/dev/full'];
  return (
    stats.isFIFO() ||
    (stats.isCharacterDevice() &&
      devices.some((path) => statSync(path, { throwIfNoEntry: false })?.rdev === stats.rdev))
  );
}

/** The output of this process that a file is. */
function ownStream({ dev, ino }: Stats): 'stdout' | 'stderr' | null {
  const isOpenAs = (descriptor: number): boolean => {
    try {
      const open = fstatSync(descriptor);
      return open.dev === dev && open.ino === ino;
    } catch {
      return false;
    }
  };
  return isOpenAs(1) ? 'stdout' : isOpenAs(2) ? 'stderr' : null;
}

/** The path of a file, existing or not, with all links followed. */
function realTarget(path: string, links = 0): string {
  const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  try {
    return realpathSync(path);
  } catch (error) {
    // Linux has the same limit: https://man7.org/linux/man-pages/man7/path_resolution.7.html
    if (link && links < 40) return realTarget(resolve(dirname(path), readlinkSync(path)), links + 1);
    if (link) throw error;
    return join(realpathSync(dirname(path)), basename(path));
  }
}
