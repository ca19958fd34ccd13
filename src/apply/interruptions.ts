import { differingObjects } from '../database/contents.ts';
import { execute } from '../database/execute.ts';
import { revisionOf } from '../database/revision.ts';
import { type Snapshot, snapshotMemory } from '../database/snapshot.ts';
import type { Migration } from '../model/history.ts';
import type { Interruption } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';

/**
 * Stops a migration after each statement that leaves something committed, as a process that is killed there, and runs it
 * again from its beginning on what is left.
 * @param before the database before the step, on which the migration applies.
 * @returns one interruption for each such statement but the last, after which nothing is left to do.
 * @throws HarnessError `output-unwritable`
 */
export function interrupt(migration: Migration, before: Snapshot, settings: Settings): Interruption[] {
  const { stops, finished } = runOnce(migration, before, settings);
  const repeated = stops.map(({ statement, left }) => {
    const db = left.open(settings);
    try {
      const failure = execute(db, migration, settings);
      return { after: statement, failure, changed: failure === null ? differingObjects(db, finished) : [] };
    } finally {
      db.close();
    }
  });
  if (repeated.every(({ changed }) => changed.length === 0)) return repeated;
  const unsteady = differencesOfTwoRuns(migration, before, settings, finished);
  return repeated.map((each) => ({ ...each, changed: each.changed.filter((name) => !unsteady.has(name)) }));
}

interface Stop {
  readonly statement: number;
  /** What a process that is killed here leaves. */
  readonly left: Snapshot;
}

function runOnce(migration: Migration, before: Snapshot, settings: Settings): { stops: Stop[]; finished: Snapshot } {
  const db = before.open(settings);
  const last = migration.statements.at(-1);
  const stops: Stop[] = [];
  let revision = revisionOf(db);
  try {
    execute(db, migration, settings, {
      after: (statement) => {
        // What is not committed is rolled back when the process dies.
        if (db.inTransaction || statement === last || revisionOf(db) === revision) return;
        revision = revisionOf(db);
        stops.push({ statement: statement.index, left: snapshotMemory(db) });
      },
    });
    return { stops, finished: snapshotMemory(db) };
  } finally {
    db.close();
  }
}

/**
 * What two whole runs do not make alike, by the clock or by chance. It has to be run last: whatever the clock changed
 * between the first run and a repeated one, it has changed by now.
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
    return new Set(differingObjects(db, finished));
  } finally {
    db.close();
  }
}
