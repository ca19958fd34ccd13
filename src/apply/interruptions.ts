import { execute } from '../database/execute.ts';
import { revisionOf } from '../database/revision.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Migration } from '../model/history.ts';
import type { Interruption } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { differingTables } from '../rows/contents.ts';

/**
 * Stops a migration after each statement that leaves something committed, as a process that is killed there, and runs it
 * again from its beginning on what is left.
 * @param before the database before the step, on which the migration applies.
 * @returns one interruption for each such statement but the last, after which nothing is left to do.
 * @throws HarnessError `output-unwritable`
 */
export function interrupt(migration: Migration, before: Snapshot, settings: Settings): Interruption[] {
  const { stops, finished } = runWhole(migration, before, settings);
  try {
    if (stops.size === 0) return [];
    const repeated = repeatAfter(stops, migration, before, settings, finished);
    if (repeated.every(({ changed }) => changed.length === 0)) return repeated;
    const unsteady = differencesOfTwoRuns(migration, before, settings, finished);
    return repeated.map((each) => ({ ...each, changed: each.changed.filter((name) => !unsteady.has(name)) }));
  } finally {
    finished.release();
  }
}

/** Runs the migration once more, and after each of the statements a copy of the database from the beginning. */
function repeatAfter(
  stops: ReadonlySet<number>,
  migration: Migration,
  before: Snapshot,
  settings: Settings,
  finished: Snapshot,
): Interruption[] {
  const repeated: Interruption[] = [];
  const db = before.open(settings);
  try {
    // Each at once, so that no more than one half-done database is kept.
    execute(db, migration, settings, {
      after: ({ index }) => {
        if (!stops.has(index)) return;
        const left = before.keep(db);
        repeated.push({ after: index, ...repeat(migration, left, settings, finished) });
        left.release();
      },
    });
  } finally {
    db.close();
  }
  return repeated;
}

/** A whole run: the statements but the last after which something more is committed, and what comes of them all. */
function runWhole(
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): { stops: ReadonlySet<number>; finished: Snapshot } {
  const db = before.open(settings);
  const last = migration.statements.at(-1);
  const stops = new Set<number>();
  let revision = revisionOf(db);
  try {
    execute(db, migration, settings, {
      after: (statement) => {
        // A dying process rolls back uncommitted changes.
        if (db.inTransaction || statement === last || revisionOf(db) === revision) return;
        revision = revisionOf(db);
        stops.add(statement.index);
      },
    });
    return { stops, finished: before.keep(db) };
  } finally {
    db.close();
  }
}

/** The second run, from the beginning of the migration on what a process that was killed has left. */
function repeat(
  migration: Migration,
  left: Snapshot,
  settings: Settings,
  finished: Snapshot,
): Pick<Interruption, 'failure' | 'changed'> {
  const db = left.open(settings);
  try {
    const failure = execute(db, migration, settings);
    return { failure, changed: failure === null ? differingTables(db, finished) : [] };
  } finally {
    db.close();
  }
}

/**
 * The differences between two complete runs, made by the clock or by chance. It must run last: every change of the clock
 * between the first run and a repeated one has then taken place.
 */
function differencesOfTwoRuns(
  migration: Migration,
  before: Snapshot,
  settings: Settings,
  finished: Snapshot,
): ReadonlySet<string> {
  const db = before.open(settings);
  try {
    execute(db, migration, settings);
    return new Set(differingTables(db, finished));
  } finally {
    db.close();
  }
}
