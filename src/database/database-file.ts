import { type BigIntStats, closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { HarnessError } from '../errors.ts';
import { isInWalMode, readHeader } from '../files/database-header.ts';
import { companions } from '../files/inputs.ts';
import { refuseSpecial } from '../files/regular.ts';

/** A database file and the files that SQLite keeps beside it, at one moment, looked at from outside. */
export interface DatabaseFile {
  readonly path: string;
  /** Bytes of the main file; one of 0 bytes is a valid empty database. */
  readonly size: number;
  /** Bytes of the main file with those of the -wal and the -journal. */
  readonly allBytes: number;
  /** When the main file was last written, in milliseconds since 1970. */
  readonly modified: number;
  readonly hasWal: boolean;
  readonly hasShm: boolean;
  readonly hasJournal: boolean;
  /** Whether a reader of SQLite would use a -wal and a -shm, and make those that are not there. */
  readonly usesWal: boolean;
  /**
   * The text changes after any overwrite. Frames that are appended to a -wal do not count: its salts show a restart.
   * https://sqlite.org/fileformat2.html#wal_file_format
   */
  readonly revision: string;
}

/**
 * Finds the file that `source` names. Returns its absolute path with links followed, because SQLite keeps the other
 * files beside the real one.
 * @throws HarnessError `database-missing`, or `database-unreadable` when it is not a regular file or has a name that
 * the driver cannot open; or the error of the file system
 */
export function locate(source: string): string {
  const path = realPath(source);
  for (const ending of ['', ...companions]) refuseSpecial(path + ending, source + ending, 'database-unreadable');
  if (path !== path.trim()) {
    // better-sqlite3 would open the file of the shorter name.
    throw unreadable(source, `The name "${path}" ends in white space, which the driver removes.`, 'Rename the file.');
  }
  return path;
}

/**
 * Looks at a database file, at a path from `locate`.
 * @throws the error of the file system; ENOENT when a file went away between two looks
 */
export function observe(path: string): DatabaseFile {
  const main = statSync(path, { bigint: true });
  const journal = lookFor(`${path}-journal`);
  const wal = lookFor(`${path}-wal`);
  const salts = wal === undefined ? '' : readBytes(`${path}-wal`, 16, 8).toString('hex');
  const shm = lookFor(`${path}-shm`);
  return {
    path,
    size: Number(main.size),
    allBytes: Number(main.size + (wal?.size ?? 0n) + (journal?.size ?? 0n)),
    modified: Number(main.mtimeMs),
    hasWal: wal !== undefined,
    hasShm: shm !== undefined,
    hasJournal: journal !== undefined,
    usesWal: (wal !== undefined && (wal.size > 0n || shm !== undefined)) || isInWalMode(readHeader(path)),
    revision: [lastWrite(main), lastWrite(journal), wal?.ino, salts, shm !== undefined].join(' '),
  };
}

/** Whether `error` says that a file or a folder is not there. */
export function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function realPath(source: string): string {
  try {
    return realpathSync(source);
  } catch (cause) {
    if (!isAbsence(cause)) throw cause;
    throw new HarnessError('database-missing', `${source} does not exist.`, {
      remedy: remedyFor(source),
      facts: { file: source },
      cause,
    });
  }
}

/** A name of a file that is not there may be an address. */
function remedyFor(source: string): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(source))
    return 'Name a file. A dump of a database on a server can come by a pipe: … | rowproof gate --db -';
  return /^file:/i.test(source)
    ? 'Name the file by its path, without "file:".'
    : 'Check the path of the database file.';
}

function unreadable(source: string, message: string, remedy: string): HarnessError {
  return new HarnessError('database-unreadable', message, { remedy, facts: { file: source } });
}

function lookFor(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}

function lastWrite(file: BigIntStats | undefined): string {
  return file === undefined ? '' : `${file.ino} ${file.size} ${file.mtimeNs}`;
}

/** The bytes of a part of a file; zeros stand for those beyond its end. */
function readBytes(path: string, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, bytes, 0, length, position);
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}
