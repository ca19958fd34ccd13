import { closeSync, openSync, statSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { HarnessError } from '../errors.ts';
import { copyContent, copyOpen } from '../files/copy.ts';
import { faultOf, systemCode } from '../files/faults.ts';
import { companions } from '../files/inputs.ts';
import { refuseShortage } from '../files/space.ts';
import type { Integrity } from '../model/settings.ts';
import { busyTimeout, engineError, fileError, machineError } from './connection.ts';
import { expectCopy } from './copy-pace.ts';
import { type DatabaseFile, isAbsence, locate, observe } from './database-file.ts';
import { readFacts, refuseOther } from './same-database.ts';
import { refuseDamage } from './soundness.ts';

/** Attempts at a database that other processes hold or change go on for `busyTimeout`; a large one gets this many. */
const leastAttempts = 3;

/** Milliseconds between two attempts. */
const pause = 10;

/** The pages that SQLite copies before it tells. */
const pagesAtOnce = 4096;

/** Milliseconds in which two writes can leave the same time of modification: two ticks of a kernel at 100 Hz. */
const clockTick = 20;

/**
 * Copies a database that may be in use. The source is opened for reading only: its bytes, those of its -wal and
 * -journal, and the list of its folder stay unchanged. A -shm may change; it is the board on which SQLite notes locks
 * (https://sqlite.org/walformat.html#the_wal_index_file_format). Processes that write to a database without a
 * write-ahead log wait until the copy is done (https://sqlite.org/lockingv3.html#shared_lock).
 *
 * No connection of this process may be in a transaction on the source, nor another copy of it be under way: when any
 * descriptor of a file is closed, POSIX drops every lock that the process has on it
 * (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 * @param source a path; links are followed
 * @param destination a path in a folder of ours; the copy there is one file that needs none beside it
 * @param integrity how thoroughly the copy is checked, so that nothing is blamed on rows which a damaged file is to
 * blame for
 * @throws HarnessError `database-missing`, `database-unreadable`, `database-damaged`, `database-locked` when other
 * processes held it locked or did not cease to change it, `disk-full` when there is no room for the copy, `copy-differs`
 */
export async function copyDatabase(
  source: string,
  destination: string,
  integrity: Integrity = 'quick',
  watch: CopyWatch = {},
): Promise<void> {
  await copyPatiently(source, destination, watch);
  watch.checking?.();
  refuseDamagedCopy(source, destination, integrity);
}

/** Told of the course of a copy. */
export interface CopyWatch {
  /** Bytes that are copied, of all. */
  readonly copied?: (done: number, total: number) => void;
  /** Other processes will not be able to write to a large database of this size for so many milliseconds, as far as one can say. */
  readonly expected?: (bytes: number, milliseconds: number) => void;
  /** From now on they cannot write to a database of this size. */
  readonly blocking?: (bytes: number) => void;
  /** They can write again, whether the copy is done or not. */
  readonly released?: () => void;
  /** The copy is done and its check begins. */
  readonly checking?: () => void;
}

async function copyPatiently(source: string, destination: string, watch: CopyWatch): Promise<void> {
  const expected = await expectCopy(source, destination);
  if (expected !== null) watch.expected?.(expected.bytes, expected.milliseconds);
  const deadline = performance.now() + busyTimeout;
  let obstacle: unknown;
  for (let attempt = 1; attempt <= leastAttempts || performance.now() < deadline; attempt++) {
    try {
      if (await copyOnce(locate(source), destination, watch)) return;
      obstacle = undefined;
    } catch (error) {
      if (!mayPass(error)) throw copyError(source, destination, error);
      obstacle = error;
    }
    await setTimeout(pause);
  }
  throw obstacle === undefined || isAbsence(obstacle) ? neverStill(source) : copyError(source, destination, obstacle);
}

/** Makes one attempt. Returns false when the files changed under it. */
async function copyOnce(path: string, destination: string, watch: CopyWatch): Promise<boolean> {
  await removeDatabase(destination);
  // Opening takes no lock. It comes first, so no slow work separates the look at the files from the lock: if the last
  // writer left in between and removed the -wal and the -shm, SQLite would create them again. That gap cannot be closed
  // from outside SQLite; its only effects are a harmless empty -wal and -shm.
  const db = new Sqlite(path, { readonly: true, timeout: 0 });
  let file: DatabaseFile;
  let isBlocking = false;
  let opened: number | null = null;
  try {
    db.exec('BEGIN');
    file = observe(path);
    if (canBeReadInPlace(file) && beginReading(db)) {
      const facts = readFacts(db);
      const bytes = facts.page_count * facts.page_size;
      refuseShortage(dirname(destination), bytes, copyOf(path));
      isBlocking = !file.usesWal;
      if (isBlocking) watch.blocking?.(bytes);
      if (isStill(file)) {
        opened = openSync(path, 'r');
        for (const done of copyOpen(opened, destination)) {
          watch.copied?.(done, bytes);
          // Signals and timers have their turn.
          await setImmediate();
        }
      } else {
        const progress = ({ totalPages, remainingPages }: Sqlite.BackupMetadata): number => {
          watch.copied?.((totalPages - remainingPages) * facts.page_size, bytes);
          return pagesAtOnce;
        };
        await db.backup(destination, { progress });
      }
      watch.copied?.(bytes, bytes);
      // The source is locked still, so that it holds what it held.
      refuseOther(path, facts, destination);
      return true;
    }
  } finally {
    db.close();
    // Only now, because it drops the lock.
    if (opened !== null) closeSync(opened);
    if (isBlocking) watch.released?.();
  }
  return copyFiles(file, destination, watch);
}

/**
 * Whether a reader of SQLite leaves the folder unchanged. In WAL mode it creates a missing -wal and -shm
 * (https://sqlite.org/wal.html#read_only_databases), and beside a main file of 0 bytes it deletes the -wal.
 */
function canBeReadInPlace(file: DatabaseFile): boolean {
  return file.size > 0 && (!file.usesWal || (file.hasWal && file.hasShm));
}

/**
 * Whether a reader's lock keeps everybody from the main file, which is then the whole database: its bytes are copied in a third of the
 * time that SQLite takes for its pages, for which writers wait. On Windows a waiting writer would keep us from its bytes as well.
 */
function isStill({ usesWal }: DatabaseFile): boolean {
  return !usesWal && process.platform !== 'win32';
}

/**
 * Takes the lock under which the source stays unchanged for a reader. Without it `backup` would restart at each write
 * of another process (https://sqlite.org/backup.html#concurrent_usage_of_database_connections).
 * @returns false when SQLite must write before it can read: to roll back the journal of a crash, or to a -shm
 */
function beginReading(db: Sqlite.Database): boolean {
  try {
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    return true;
  } catch (error) {
    if (/^SQLITE_(READONLY|CANTOPEN)/.test(engineError(error)?.code ?? '')) return false;
    throw error;
  }
}

/**
 * Copies the files byte by byte. They are consistent if the main file was not written in the meantime and the -wal was
 * not restarted, because SQLite ignores a half transaction at the end of a -wal. The copy needs no further check, which
 * would take longer than the copy.
 * @returns false when they may not fit each other
 */
async function copyFiles(file: DatabaseFile, destination: string, watch: CopyWatch): Promise<boolean> {
  if (Math.abs(Date.now() - file.modified) < clockTick) return false;
  refuseShortage(dirname(destination), file.allBytes, copyOf(file.path));
  const endings = ['', ...(file.hasWal ? ['-wal'] : []), ...(file.hasJournal ? ['-journal'] : [])];
  for (const ending of endings) {
    copyContent(file.path + ending, destination + ending);
    // Blocks are shared along with the mode, and SQLite could not recover a file that may only be read.
    await chmod(destination + ending, 0o600);
  }
  if (observe(file.path).revision !== file.revision || statSync(destination).size !== file.size) return false;
  watch.copied?.(file.allBytes, file.allBytes);
  recover(destination);
  await removeCompanions(destination);
  return true;
}

/** Takes what the -wal or the -journal of a copy holds into its main file, as SQLite does after a crash. */
function recover(copy: string): void {
  const db = new Sqlite(copy, { fileMustExist: true });
  try {
    // A copy need not survive a power cut, so we do not wait for the disk.
    db.pragma('synchronous = OFF');
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

async function removeDatabase(path: string): Promise<void> {
  await rm(path, { force: true });
  await removeCompanions(path);
}

async function removeCompanions(path: string): Promise<void> {
  for (const ending of companions) await rm(path + ending, { force: true });
}

/** Whether another attempt may avoid `error`: a lock, or a -wal or -journal that its owner has removed. */
function mayPass(error: unknown): boolean {
  return isAbsence(error) || /^SQLITE_(BUSY|LOCKED)/.test(engineError(error)?.code ?? '');
}

function neverStill(source: string): HarnessError {
  return new HarnessError(
    'database-locked',
    `${source} was changed by another process during every attempt to copy it.`,
    {
      remedy: 'Wait for the other process, or stop it, and run this again.',
      facts: { file: source },
    },
  );
}

/**
 * Checks a copy, on a private connection, since what the application registers has nothing to do with pages.
 * @param source the original, for messages.
 * @throws HarnessError `database-damaged`, `database-unreadable`
 */
export function refuseDamagedCopy(source: string, copy: string, integrity: Integrity): void {
  // Not read-only, which would leave a -wal and a -shm beside a copy in WAL mode.
  const db = new Sqlite(copy, { fileMustExist: true });
  try {
    refuseDamage(db, source, integrity);
  } catch (error) {
    throw copyError(source, copy, error);
  } finally {
    db.close();
  }
}

function copyOf(source: string): string {
  return `A copy of ${source}`;
}

function copyError(source: string, destination: string, error: unknown): unknown {
  if (error instanceof HarnessError) return error;
  const code = engineError(error)?.code ?? systemCode(error) ?? '';
  const fault = faultOf(code);
  // The source is only read, so the copy lacks the resource.
  if (fault !== null && fault !== 'disk-failed')
    return machineError(error, `${copyOf(source)} cannot be made`, dirname(destination));
  const message = error instanceof Error ? error.message : String(error);
  if (systemCode(error) !== null || /^SQLITE_(CANTOPEN|IOERR|PERM|READONLY)/.test(code)) {
    return new HarnessError('database-unreadable', `${source} cannot be read: ${message}.`, {
      remedy: 'Check that you may read the file and those of the same name that end in -wal and -journal.',
      facts: { file: source },
      cause: error,
    });
  }
  return fileError(source, error);
}
