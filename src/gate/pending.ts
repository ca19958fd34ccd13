import type { Application } from '../apply/application.ts';
import { applyStep } from '../apply/apply.ts';
import type { StrayRun } from '../apply/strays.ts';
import type { Trial } from '../apply/trial.ts';
import { createMeter, type Meter } from '../cost/meter.ts';
import type { Database } from '../database/connection.ts';
import { isWrapped } from '../database/execute.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { assumptionsAt } from '../directives/assumptions.ts';
import type { StepCost } from '../model/cost.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { LedgerReading } from '../model/ledger.ts';
import type { Outcome, State } from '../model/outcome.ts';
import { onDataset } from '../watch/activity.ts';
import { brokenAssumptions } from './assumptions.ts';
import { applyToBaseline, type Baseline } from './baseline.ts';
import { tryPending } from './hazards.ts';
import { keepStates } from './kept.ts';
import type { Rehearsal, RehearsalStep } from './rehearsal.ts';

/**
 * Applies the pending migrations one by one, up to the first that fails on either side.
 * @param production the copy.
 * @param journal the journal that the database has in production.
 * @returns whether all of them were applied.
 */
export function* applyPending(
  rehearsal: Rehearsal,
  { pending, position }: LedgerReading,
  baseline: Baseline,
  production: Database,
  journal: StepCost['journal'],
): Generator<RehearsalStep, boolean, undefined> {
  const { history, settings, invariants, hazards, next, queries, clock } = rehearsal;
  const keep = keepStates(rehearsal, production);
  const meterFor = (migration: Migration): Meter =>
    createMeter({
      ...{ db: production, file: rehearsal.copy, migration, journal },
      isWrapped: isWrapped(migration, settings),
      clock,
    });
  let from = position;
  if (pending.length > 0) onDataset('copy', () => queries?.begin(production));
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
    const strays = new Map<DatasetName, readonly StrayRun[]>();
    let meter: Meter | null = null;
    // A failure on the empty database says nothing about rows.
    if (expected.status !== 'failed') {
      const kept = keep(migration);
      meter = meterFor(migration);
      const application: Application = { ...step, db: production, snapshot: kept, meter, ...(before && { before }) };
      const found = onDataset('copy', () => applyStep({ ...application, asksViews: true, trust: 'file' }));
      snapshots.set('copy', kept);
      candidates.set('copy', found);
      before = found.status === 'applied' ? found.after : null;
      if (found.status === 'applied') onDataset('copy', () => queries?.after(production, migration));
    }
    const tried = expected.status === 'applied' ? tryPending(hazards, step, empty) : { trial: null, strays: [] };
    if (tried.trial !== null) trials.set(hazards.name, tried.trial);
    if (tried.strays.length > 0) strays.set(hazards.name, tried.strays);
    yield {
      kind: 'step',
      step: { migration, baseline: expected, candidates, snapshots, restarted: [], trials, strays },
      cost: meter?.cost() ?? null,
    };
    if (candidates.get('copy')?.status !== 'applied') return false;
    from = migration.position;
  }
  return true;
}
