import type { Application } from '../apply/application.ts';
import { applyStep } from '../apply/apply.ts';
import { asBlocked } from '../apply/blocked.ts';
import { keep } from '../apply/keep.ts';
import type { Step } from '../apply/walk.ts';
import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome, State } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import { onDataset } from '../watch/activity.ts';
import type { Rehearsal } from './rehearsal.ts';

/** The empty database beside the copy. It lacks the objects of the history's programs, which are not run. */
export interface Baseline {
  db: Database;
  incomplete: boolean;
  /** Its state after the last step; null if unknown. */
  known: State | null;
}

/**
 * Runs the applied migrations of production on the empty database.
 * @returns the step that fails there for another reason than a skipped program, or null.
 */
export function catchUp(baseline: Baseline, applied: readonly Migration[], { settings }: Rehearsal): Step | null {
  for (const migration of applied) {
    baseline.incomplete ||= migration.kind === 'code';
    if (migration.kind === 'code') continue;
    const { outcome } = applyToBaseline(baseline, { migration, from: 0, settings, invariants: [] });
    if (outcome.status === 'failed')
      return { migration, baseline: outcome, candidates: new Map(), snapshots: new Map(), restarted: [] };
  }
  // The invariants were not checked in that state.
  baseline.known = null;
  return null;
}

/** Applies a step to the empty database and keeps its earlier state; a blocked step changes nothing. */
export function applyToBaseline(
  baseline: Baseline,
  step: Omit<Application, 'db' | 'snapshot'>,
): { readonly outcome: Outcome; readonly snapshot: Snapshot } {
  const snapshot = keep(baseline.db, step.migration, step.settings);
  const { known } = baseline;
  const outcome = onDataset('empty', () =>
    applyStep({ ...step, db: baseline.db, snapshot, ...(known && { before: known }) }),
  );
  const blocked = baseline.incomplete ? asBlocked(outcome) : null;
  baseline.known = outcome.status === 'applied' ? outcome.after : null;
  if (blocked === null) return { outcome, snapshot };
  const { db } = baseline;
  baseline.db = snapshot.open(step.settings);
  db.close();
  return { outcome: blocked, snapshot };
}

/** The schema of a new database, on which all migrations run in the order of the folder; null where one fails. */
export function makeAnew({ history, settings, openBase }: Rehearsal): Schema | null {
  const db = openBase();
  try {
    const failed = history.migrations.some((migration) => execute(db, migration, settings) !== null);
    return failed ? null : readSchema(db);
  } finally {
    db.close();
  }
}
