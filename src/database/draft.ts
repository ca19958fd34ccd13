import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { postGuardian } from './guardian.ts';

/** A database file in the making, out of sight until it is whole. */
export interface Draft {
  /** Where to make it. */
  readonly path: string;
  /** Puts the finished file into its place, in one step. */
  publish(): void;
  /** Removes what was not published; a second call does nothing. */
  dispose(): void;
}

/**
 * Begins the draft of `file`, in a hidden folder beside it that is removed however the process ends, be it by SIGKILL.
 * @param replace whether a file that is there already may be replaced.
 * @throws HarnessError `output-unwritable`
 */
export function createDraft(file: string, replace: boolean): Draft {
  refuseOccupied(file, replace);
  // Through a link, the file that it points at is the one that is replaced.
  const target = existsSync(file) ? realpathSync(file) : resolve(file);
  const folder = makeFolder(file, target);
  const dismissGuardian = postGuardian(folder);
  const path = join(folder, 'draft.db');
  const dispose = (): void => {
    rmSync(folder, { recursive: true, force: true });
    process.off('exit', dispose);
    dismissGuardian();
  };
  process.on('exit', dispose);
  return {
    path,
    dispose,
    publish: () => {
      // Another process may have made it meanwhile.
      refuseOccupied(file, replace);
      // Else a crash of the machine could leave the new name with nothing behind it.
      const descriptor = openSync(path, 'r+');
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(path, target);
    },
  };
}

function refuseOccupied(file: string, replace: boolean): void {
  const known = lstatSync(file, { throwIfNoEntry: false });
  if (known?.isDirectory() === true) throw unwritable(file, 'it is a folder', 'Name a file in it.');
  if (known !== undefined && !(known.isFile() || known.isSymbolicLink()))
    throw unwritable(file, 'it is a pipe or a device', 'Name a file.');
  if (known !== undefined && !replace)
    throw unwritable(file, 'it is there already', 'Name another file, or replace this one with --force.');
  // SQLite would take them for the new file's own: https://sqlite.org/howtocorrupt.html#_mispairing_database_files_and_hot_journals
  const stray = ['-wal', '-shm', '-journal'].map((ending) => file + ending).find((path) => existsSync(path));
  if (stray !== undefined)
    throw unwritable(
      file,
      `${stray} is there, so that a database of this name is in use or was not closed`,
      'Close the database, or remove what is left of it, or name another file.',
    );
}

function makeFolder(file: string, target: string): string {
  try {
    return mkdtempSync(join(dirname(target), '.rowproof-'));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw unwritable(file, message, 'Name a file in a folder that exists and that you may write to.', cause);
  }
}

function unwritable(file: string, why: string, remedy: string, cause?: unknown): HarnessError {
  return new HarnessError('output-unwritable', `${file} cannot be written: ${why}.`, {
    remedy,
    facts: { file },
    cause,
  });
}
