import type { Database } from '../database/connection.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { DatasetName } from '../model/dataset.ts';
import type { HazardRow, Hazards } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import { meetsRows } from '../sql/meets-rows.ts';
import { asStep } from '../watch/activity.ts';
import type { Application } from './application.ts';
import { applyStep } from './apply.ts';
import type { HazardDataset } from './hazard-dataset.ts';
import { insertHazards } from './insert-hazards.ts';
import { createConfirmed, replayOf, replayWithoutAsking } from './replay.ts';

/** The results of a step with some hazards beside the plain rows. */
export interface TrialRun {
  readonly outcome: Outcome;
  /** The database before the step, those hazards in it. */
  readonly snapshot: Snapshot;
}

/** A step that can be run with any of its hazards, each time from the plain rows on. */
export interface Trial {
  readonly dataset: DatasetName;
  /** The result on the plain rows alone. */
  readonly plain: Outcome;
  readonly hazards: Hazards;
  /** The database before the step, with the plain rows alone. */
  readonly before: Snapshot;
  /** The result with all hazards at once. */
  readonly together: TrialRun;
  /** Runs it with the rows of some. */
  readonly run: (rows: readonly HazardRow[]) => TrialRun;
}

/** The part of an application that all runs share; each run has its own database and state. */
type Repeatable = Omit<Application, 'db' | 'snapshot' | 'before'>;

/**
 * Makes the hazards for a step and runs it with all of them; of a program that asks for no rows, what it executed on the plain
 * ones.
 * @param base the database before the step, with plain rows alone.
 * @returns null where there are none, or where what rows hold cannot matter.
 */
export function tryHazards(dataset: HazardDataset, step: Repeatable, base: Snapshot, plain: Outcome): Trial | null {
  const { settings, migration, from } = step;
  if (!meetsRows(migration)) return null;
  const runOn = (db: Database): TrialRun => {
    const snapshot = base.keep(db);
    return { snapshot, outcome: applyStep({ ...step, db, snapshot }) };
  };
  const withOpen = <T>(work: (db: Database) => T, from = base): T => {
    const db = from.open(settings);
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  const runStatements = (statements: Migration, db: Database): TrialRun => {
    const snapshot = base.keep(db);
    const outcome = applyStep({ ...step, migration: statements, db, snapshot });
    const isThrough = outcome.status === 'applied' || outcome.status === 'failed';
    return { snapshot, outcome: isThrough ? { ...outcome, ran: statements } : outcome };
  };
  return withOpen((db) => {
    const hazards = asStep(`Making awkward rows for ${migration.name}`, () =>
      dataset.insertHazards(db, migration, from),
    );
    if (hazards.all.length === 0) return null;
    const asksNothing = replayWithoutAsking(migration, plain);
    const first = asksNothing === null ? runOn(db) : runStatements(asksNothing, db);
    // A program may catch what fails, and its tool acts after it.
    const isThrough = asksNothing === null || first.outcome.status === 'applied';
    const together = isThrough ? first : withOpen(runOn, first.snapshot);
    const replay = replayOf(migration, plain, together.outcome);
    const confirmed = createConfirmed();
    const runWith = (rows: readonly HazardRow[], statements: Migration | null): TrialRun =>
      withOpen((copy) => {
        insertHazards(copy, rows);
        return statements === null ? runOn(copy) : runStatements(statements, copy);
      });
    const run = (rows: readonly HazardRow[]): TrialRun => {
      if (replay === null) return runWith(rows, null);
      const replayed = runWith(rows, replay);
      const trusted = confirmed.trust(replayed.outcome);
      if (trusted !== null) return { ...replayed, outcome: trusted };
      const real = runWith(rows, null);
      confirmed.note(replayed.outcome, real.outcome);
      const same = confirmed.trust(replayed.outcome);
      return same === null ? real : { ...replayed, outcome: same };
    };
    return { dataset: dataset.name, plain, hazards, before: base, together, run };
  });
}
