import { closeSync, existsSync, fsyncSync, lstatSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { HarnessError } from '../errors.ts';
import { companions, type Inputs } from '../files/inputs.ts';
import { outputError } from '../files/output.ts';
import { findTarget, unwritable } from '../files/target.ts';
import { type GuardedFolder, makeGuardedFolder } from './guarded-folder.ts';
import { findDamage } from './soundness.ts';

/** A database file in the making, out of sight until it is whole. */
export interface FileDraft {
  /** Where to make it. */
  readonly path: string;
  /**
   * Puts the finished file into its place, in one step, after it was found to be whole.
   * @throws HarnessError `output-unwritable`, `disk-full`, `disk-failed`
   */
  publish(): void;
  /** Removes what was not published; a second call does nothing. */
  dispose(): void;
}

/** The allowed targets of a draft. */
export interface DraftTarget {
  /** Whether an existing database may be replaced. */
  readonly replace: boolean;
  /** The remedy for one that may not be overwritten; left out where `--force` replaces it. */
  readonly remedy?: string;
  readonly inputs: Inputs;
}

/**
 * Begins the draft of `file`, in a hidden folder beside it that is removed however the process ends, be it by SIGKILL.
 * @throws HarnessError `output-unwritable`
 */
export function createDraft(file: string, place: DraftTarget): FileDraft {
  const target = findPlace(file, place);
  const folder = makeFolder(file, target);
  const path = join(folder.path, 'draft.db');
  return {
    path,
    dispose: folder.dispose,
    publish: () => {
      try {
        refuseUnfinished(file, path);
        // Else a crash of the machine could leave the new name with nothing behind it.
        const descriptor = openSync(path, 'r+');
        try {
          fsyncSync(descriptor);
        } finally {
          closeSync(descriptor);
        }
        // Another process may have made it meanwhile.
        renameSync(path, findPlace(file, place));
      } catch (error) {
        throw outputError(file, target, error);
      }
    },
  };
}

/** The path that the file will have, with links followed. */
function findPlace(file: string, { replace, remedy, inputs }: DraftTarget): string {
  const target = findTarget(file, inputs, 'database');
  if (!replace && lstatSync(file, { throwIfNoEntry: false }) !== undefined)
    throw unwritable(file, 'it already exists', remedy ?? 'Name another file, or replace this one with --force.');
  // SQLite would take them for the new file's own: https://sqlite.org/howtocorrupt.html#_mispairing_database_files_and_hot_journals
  const stray = companions.map((ending) => target.path + ending).find((path) => existsSync(path));
  if (stray !== undefined)
    throw unwritable(
      file,
      `${stray} exists, so a database of this name is in use or was not closed`,
      'Close the database, remove its leftover files, or name another file.',
    );
  return target.path;
}

/** A disk that was full for a while leaves a file with less in it than SQLite took it to hold. */
function refuseUnfinished(file: string, path: string): void {
  const db = new Sqlite(path, { readonly: true });
  try {
    const pages = Number(db.pragma('page_count', { simple: true }));
    const whole = pages * Number(db.pragma('page_size', { simple: true })) === statSync(path).size;
    if (whole && findDamage(db, 'quick').length === 0) return;
  } finally {
    db.close();
  }
  throw new HarnessError('disk-failed', `${file} was not written: the database on the disk was incomplete.`, {
    remedy: 'Check the disk and its free space, and run this again.',
    facts: { file },
  });
}

function makeFolder(file: string, target: string): GuardedFolder {
  try {
    return makeGuardedFolder(dirname(target), '.rowproof-');
  } catch (error) {
    throw outputError(file, target, error);
  }
}
