import { statSync } from 'node:fs';
import { openFile } from '../database/connection.ts';
import type { Migration } from '../model/history.ts';
import type { Moment, Settings } from '../model/settings.ts';
import { copyImage, imageSize, removeImage } from './image.ts';
import { type Migrator, undisturbed, unsynced } from './migrator.ts';
import { type FileState, readColumns, readFileState, type Unsteady } from './state.ts';

/** A database at rest, and the migrations that are pending on it. */
export interface Leg {
  /** Its name in the ids of faults, as in `0003_users/wal`. */
  readonly id: string;
  /** The file, which is only copied. */
  readonly template: string;
  readonly pending: readonly [Migration, ...Migration[]];
  readonly last: Migration;
}

/** A statement of an undisturbed run. */
export interface ReferenceMoment extends Moment {
  /** Its place among the pending migrations, from 0 on. */
  readonly migration: number;
}

/** The facts of undisturbed runs, which tell the possible faults and the states that may follow one. */
export interface UndisturbedRuns {
  /** The state before, and after each of the pending migrations. */
  readonly states: readonly FileState[];
  /** A digest of each column in each of the states. */
  readonly columns: readonly ReadonlyMap<string, string>[];
  /** Each statement that may write, just before it. Moment `moments.length` is the end, before the file is closed. */
  readonly moments: readonly ReferenceMoment[];
  /** The pages of the file before, and the most that it has on the way. */
  readonly pages: { readonly before: number; readonly most: number };
  /** The most bytes on the disk on the way, with journal and log, beyond those of before. */
  readonly growth: number;
  /** Milliseconds of a run. */
  readonly time: number;
}

/**
 * Runs the migrator undisturbed: migration by migration for the states, and at once for the moments.
 * @returns null where it fails undisturbed, which is no matter of a drill.
 */
export function recordReference(
  leg: Leg,
  migrator: Migrator,
  settings: Settings,
  scratch: string,
): UndisturbedRuns | null {
  const states = recordStates(leg, migrator, settings, scratch, new Set());
  if (states === null) return null;
  copyImage(leg.template, scratch);
  const moments: ReferenceMoment[] = [];
  const [bytes, before] = [imageSize(scratch), countPages(scratch, settings)];
  const fileSize = statSync(scratch).size;
  let [most, growth] = [before, 0];
  let migration = 0;
  const measure = (): void => {
    growth = Math.max(growth, imageSize(scratch) - bytes);
    most = Math.max(most, Math.ceil((statSync(scratch).size * before) / fileSize));
  };
  const begun = performance.now();
  const { error } = migrator.run(scratch, leg.last, {
    drill: {
      pragmas: [unsynced],
      announce: (moment) => {
        if (!moment.isDone) moments.push({ ...moment, migration });
        measure();
      },
    },
    applied: () => {
      migration += 1;
    },
  });
  const time = performance.now() - begun;
  if (error !== null) return null;
  measure();
  most = Math.max(most, countPages(scratch, settings));
  removeImage(scratch);
  return {
    states: states.map(({ state }) => state),
    columns: states.map(({ columns }) => columns),
    moments,
    pages: { before, most },
    growth,
    time,
  };
}

/** A state of an undisturbed run, with a digest of each column. */
export interface RecordedState {
  readonly state: FileState;
  readonly columns: ReadonlyMap<string, string>;
}

/** The states of an undisturbed run, from before the first migration on; null where it fails. */
export function recordStates(
  { template, pending }: Leg,
  migrator: Migrator,
  settings: Settings,
  scratch: string,
  unsteady: Unsteady,
): RecordedState[] | null {
  copyImage(template, scratch);
  const record = (): RecordedState => ({
    state: readFileState(scratch, settings, unsteady),
    columns: readColumns(scratch, settings),
  });
  const states = [record()];
  for (const migration of pending) {
    if (migrator.run(scratch, migration, { drill: undisturbed }).error !== null) return null;
    states.push(record());
  }
  return states;
}

function countPages(file: string, settings: Settings): number {
  const db = openFile(file, settings, { mustExist: true });
  try {
    return Number(db.pragma('page_count', { simple: true }));
  } finally {
    db.close();
  }
}
