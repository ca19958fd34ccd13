import { type Application, applyStep } from '../apply/apply.ts';
import type { Trial } from '../apply/trial.ts';
import type { Database } from '../database/connection.ts';
import { type Snapshot, snapshotFile } from '../database/snapshot.ts';
import { assumptionsAt } from '../directives/assumptions.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { LedgerReading } from '../model/ledger.ts';
import type { Outcome, State } from '../model/outcome.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { brokenAssumptions } from './assumptions.ts';
import { applyToBaseline, type Baseline } from './baseline.ts';
import { tryPending } from './hazards.ts';
import type { Rehearsal, RehearsalStep } from './rehearsal.ts';

/**
 * Applies the pending migrations one by one, up to the first that fails on either side.
 * @param production the copy.
 * @returns whether all of them were applied.
 */
export function* applyPending(
  { history, settings, invariants, copy, scratch, hazards, next }: Rehearsal,
  { pending, position }: LedgerReading,
  baseline: Baseline,
  production: Database,
): Generator<RehearsalStep, boolean, undefined> {
  let from = position;
  let before: State | null = null;
  for (const [index, migration] of pending.entries()) {
    next(migration, index + 1, pending.length);
    const step = { migration, from, settings, invariants };
    const own = assumptionsAt(history.migrations, migration.position).filter((each) => each.migration === migration);
    yield* brokenAssumptions(production, own);
    const { outcome: expected, snapshot: empty } = applyToBaseline(baseline, step);
    const snapshots = new Map<Side, Snapshot>([['empty', empty]]);
    const candidates = new Map<DatasetName, Outcome>();
    const trials = new Map<DatasetName, Trial>();
    // A failure on the empty database says nothing about rows.
    if (expected.status !== 'failed') {
      const keep = (): Snapshot =>
        asStep(`Copying the state before ${migration.name}`, () => snapshotFile(copy, scratch));
      const kept = onDataset('copy', keep);
      const application: Application = { ...step, db: production, snapshot: kept, ...(before && { before }) };
      const found = onDataset('copy', () => applyStep({ ...application, asksViews: true }));
      snapshots.set('copy', kept);
      candidates.set('copy', found);
      before = found.status === 'applied' ? found.after : null;
    }
    const trial = expected.status === 'applied' ? tryPending(hazards, step, empty) : null;
    if (trial !== null) trials.set(hazards.name, trial);
    yield { kind: 'step', step: { migration, baseline: expected, candidates, snapshots, restarted: [], trials } };
    if (candidates.get('copy')?.status !== 'applied') return false;
    from = migration.position;
  }
  return true;
}
