// This room runs migrations: it rolls one database per dataset from step to step, and notes the outcome of each step.
import { execute } from '../database/execute.ts';
import { newestObject, readGrownSchema, readSchema } from '../database/introspect.ts';
import { foreseeViolations, readState } from '../database/state.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Outcome } from '../model/outcome.ts';
import { addsOnly } from '../sql/adds-only.ts';
import { asStep } from '../watch/activity.ts';
import type { Application } from './application.ts';
import { findChanges, unseen } from './changes.ts';
import { withComplaints } from './complaints.ts';
import { runWatched } from './watched-run.ts';

/**
 * Applies a migration to a database, once, and observes the state before and after; after a failure it asks of every
 * value whether it is what it was.
 * @throws HarnessError `bad-invariant`, `function-missing`, `rows-unreadable`, `unsupported`
 */
export function applyStep(application: Application): Outcome {
  return asStep(`Migration ${application.migration.name}`, () => applyAndObserve(application));
}

function applyAndObserve(application: Application): Outcome {
  const { db, migration, from, settings, invariants, snapshot, trust = 'nothing' } = application;
  const known = application.before ?? readState(db, inForce(invariants, from), null, trust);
  const coming = inForce(invariants, migration.position).filter((invariant) => !inForce([invariant], from).length);
  const started = { ...known, violations: [...known.violations, ...foreseeViolations(db, coming)] };
  const newest = addsOnly(migration) ? newestObject(db) : null;
  const run = runWatched(application, started);
  const { failure, ran, held, isSame } = run;
  const executed = ran === migration ? {} : { ran };
  if (failure !== null) {
    const leftBehind = snapshot.differences(db, settings);
    // This database is not used again; the next step opens the snapshot or the baseline.
    const retry = leftBehind.length > 0 ? execute(db, migration, settings) : null;
    return { status: 'failed', ...executed, failure, before: started, held, leftBehind, retry };
  }
  const schema = newest === null ? readSchema(db) : readGrownSchema(db, started.schema, newest);
  const written = isSame ? new Set<string>() : run.writes.written();
  const since = application.isLast === true ? null : { state: started, schema, written, orphans: run.orphans, isSame };
  const after = readState(db, inForce(invariants, migration.position), since, trust);
  const before = trust === 'file' ? withComplaints(started, after, db, snapshot) : started;
  const seen = application.isJudged === false ? unseen : findChanges(application, run, before, after);
  return { status: 'applied', ...executed, before, after, ...seen };
}

/** The invariants that are in force at a place of the history. */
export function inForce(invariants: readonly Invariant[], position: number): Invariant[] {
  return invariants.filter(({ from, until }) => from <= position && (until === null || position <= until));
}
