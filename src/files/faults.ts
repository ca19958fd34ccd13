import { HarnessError } from '../errors.ts';
import { formatSize } from '../text/size.ts';
import { readFree } from './space.ts';

/** The faults of the machine, not of SQL or rows. */
export type MachineFault = 'disk-full' | 'disk-failed' | 'out-of-memory' | 'too-many-files';

const faults: readonly (readonly [MachineFault, RegExp])[] = [
  ['disk-full', /^(?:ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/],
  ['out-of-memory', /^(?:ENOMEM|SQLITE_NOMEM|SQLITE_IOERR_NOMEM)$/],
  ['too-many-files', /^(?:EMFILE|ENFILE)$/],
  // SQLite reports the same code if it cannot open a temporary file.
  ['disk-failed', /^(?:EIO|EROFS|SQLITE_IOERR\w*|SQLITE_CANTOPEN\w*)$/],
];

/**
 * The fault that an error code names: one of Node's for the file system (`ENOSPC`), or an extended result code of
 * SQLite (https://sqlite.org/rescode.html). Null for a code about SQL, rows or locks.
 */
export function faultOf(code: string): MachineFault | null {
  return faults.find(([, codes]) => codes.test(code))?.[0] ?? null;
}

/** Node's code of an error of the file system, such as `ENOSPC`; null for any other error. */
export function systemCode(error: unknown): string | null {
  // A native module that cannot be opened has no code of the file system: https://nodejs.org/api/errors.html#err_dlopen_failed
  if (error instanceof Error && 'code' in error && error.code === 'ERR_DLOPEN_FAILED')
    return /too many open files/i.test(error.message) ? 'EMFILE' : null;
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** The place of a fault. */
export interface Circumstances {
  /** The start of the message: the file or the work, such as `app.db cannot grow`. */
  readonly what: string;
  /** The folder whose disk is at issue. */
  readonly folder: string;
  /** The message of SQLite or Node. */
  readonly message: string;
  readonly cause: unknown;
}

/** Describes a fault and its remedy, with the free space of the disk. */
export function describeFault(fault: MachineFault, { what, folder, message, cause }: Circumstances): HarnessError {
  const free = readFree(folder);
  const left = fault === 'disk-full' && free !== null ? ` (${formatSize(free)} free in ${folder})` : '';
  return new HarnessError(fault, `${what}: ${message}${left}.`, {
    remedy: remedies[fault](folder),
    facts: { folder, ...(free !== null && { free }) },
    cause,
  });
}

const remedies: Readonly<Record<MachineFault, (folder: string) => string>> = {
  'disk-full': (folder) =>
    `Free some space in ${folder}, raise the quota or the limit of file sizes (ulimit -f), or set TMPDIR to another folder for copies.`,
  'disk-failed': (folder) => `Check the disk of ${folder}, and that its files may be opened, read and written.`,
  'out-of-memory': () => 'Give the process more memory, or less to do: a smaller --rows, --scale or --dataset.',
  'too-many-files': () => 'Raise the number of files that a process may open (ulimit -n).',
};
