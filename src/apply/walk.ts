import type { Database } from '../database/connection.ts';
import { onFiles } from '../database/on-files.ts';
import { revisionOf } from '../database/revision.ts';
import { type Snapshot, snapshotMemory } from '../database/snapshot.ts';
import { readState } from '../database/state.ts';
import { versionText } from '../identity/number.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { History, Migration } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { applyAgain, type StepPart } from './again.ts';
import { inForce } from './apply.ts';
import { asBlocked } from './blocked.ts';
import type { Dataset, FillResult } from './dataset.ts';
import { hasHazards } from './hazard-dataset.ts';
import { keep } from './keep.ts';
import {
  applyTo,
  type Candidate,
  knownState,
  type Rolling,
  renew,
  replace,
  roll,
  sharing,
  startCandidate,
} from './rolling.ts';
import { type StrayRun, tryStrays } from './strays.ts';
import { type Trial, tryHazards } from './trial.ts';

/** Everything that a walk through a history needs. */
export interface Route {
  readonly history: History;
  readonly settings: Settings;
  readonly invariants: readonly Invariant[];
  readonly datasets: readonly Dataset[];
  /** Opens a database with the base alone. */
  readonly openBase: () => Database;
  /** Whether a step is judged; the hazards of one that is not are not tried. All are without it. */
  readonly isJudged?: (migration: Migration) => boolean;
  /** Told of each migration and side before it is applied there. */
  readonly entered?: (migration: Migration, side: Side) => void;
  /** Shown the database of a dataset before each migration, and after each that was applied; it leaves it as it is. */
  readonly observe?: (moment: 'before' | 'after', dataset: DatasetName, db: Database, migration: Migration) => void;
  /** Told of each filling, also of the one after the last step. */
  readonly filled: (dataset: DatasetName, position: number, filling: FillResult) => void;
}

/** One step of the walk: the same migration on the baseline and on every candidate. */
export interface Step {
  readonly migration: Migration;
  readonly baseline: Outcome;
  readonly candidates: ReadonlyMap<DatasetName, Outcome>;
  /** The databases before the step. */
  readonly snapshots: ReadonlyMap<Side, Snapshot>;
  /** The candidates that go on with other rows, because the migration failed on those they had. */
  readonly restarted: readonly DatasetName[];
  /** The results with hazards, for the datasets that have any beside their plain rows. */
  readonly trials?: ReadonlyMap<DatasetName, Trial>;
  /** The outcome with rows that have no parent under keys that were declared before, for those datasets. */
  readonly strays?: ReadonlyMap<DatasetName, readonly StrayRun[]>;
  /**
   * The databases after the step, until the walk goes on, where that is cheap to tell; a side that is left out, or that
   * failed, has to run again.
   */
  readonly ends?: ReadonlyMap<Side, () => Snapshot>;
  /** Runs another text of the migration on the same sides, until the walk goes on; left out where nothing can be repeated. */
  readonly again?: (migration: Migration, part?: StepPart) => Step;
}

/**
 * Walks a history once, on one rolling database per dataset beside the baseline, so that no prefix is replayed. The walk
 * ends after a step that fails on the baseline; one that fails only for want of what a skipped program makes is blocked
 * and the walk goes on without it.
 */
export function* walk(route: Route): Generator<Step, void, undefined> {
  const { history, settings, invariants } = route;
  const baseline = roll(route.openBase());
  const files = onFiles(settings);
  const candidates = sharing(route.datasets).map((datasets) => startCandidate(route.openBase(), datasets, files));
  try {
    let from = 0;
    let incomplete = false;
    for (const migration of history.migrations) {
      if (migration.kind === 'code') {
        incomplete = true;
        yield {
          migration,
          baseline: { status: 'skipped' },
          candidates: new Map(),
          snapshots: new Map(),
          restarted: [],
        };
        from = migration.position;
        continue;
      }
      for (const candidate of candidates) fill(route, candidate, from);
      const before = keep(baseline.db, migration, settings);
      const isLast = migration === history.migrations.at(-1);
      const isJudged = route.isJudged?.(migration) ?? true;
      route.entered?.(migration, 'empty');
      const outcome = onDataset('empty', () =>
        applyTo(baseline, { migration, from, settings, invariants, snapshot: before, isLast, isJudged }),
      );
      const blocked = incomplete ? asBlocked(outcome) : null;
      if (blocked !== null) {
        renew(baseline, before.open(settings));
        yield { migration, baseline: blocked, candidates: new Map(), snapshots: new Map(), restarted: [] };
      } else {
        const judged = stepCandidates(route, candidates, migration, from, outcome, before);
        const step = { ...judged, ends: endsOf(judged, baseline, candidates) };
        yield step;
        if (outcome.status === 'failed') return;
        for (const candidate of candidates) {
          const [{ name }] = candidate.datasets;
          const lost = step.restarted.includes(name) ? step.snapshots.get(name) : undefined;
          if (lost !== undefined) replace(candidate, baseline.db.serialize(), lost, settings);
        }
      }
      from = migration.position;
    }
    for (const candidate of candidates) fill(route, candidate, from);
  } finally {
    baseline.db.close();
    for (const { db } of candidates) db.close();
    files.dispose();
  }
}

function fill(route: Route, candidate: Candidate, position: number): void {
  const { datasets, db, restarted } = candidate;
  const state = knownState(candidate);
  const [{ name, fill: makeRows }] = datasets;
  const filling = onDataset(name, () =>
    asStep(`Making the rows of version ${versionText(route.history.migrations, position)}`, () =>
      makeRows(db, { position, restarted, state }),
    ),
  );
  for (const dataset of datasets) route.filled(dataset.name, position, filling);
  const revision = revisionOf(db);
  if (state === null || candidate.known?.revision === revision) return;
  const { written } = filling;
  const filled = written === undefined ? null : { state, schema: state.schema, written };
  candidate.known = { state: readState(db, inForce(route.invariants, position), filled), revision };
}

function stepCandidates(
  { settings, invariants, history, datasets, isJudged: judges = () => true, entered, observe }: Route,
  candidates: readonly Candidate[],
  migration: Migration,
  from: number,
  baseline: Outcome,
  before: Snapshot,
): Step {
  const outcomes = new Map<DatasetName, Outcome>();
  const snapshots = new Map<Side, Snapshot>([['empty', before]]);
  const restarted: DatasetName[] = [];
  const trials = new Map<DatasetName, Trial>();
  const strays = new Map<DatasetName, readonly StrayRun[]>();
  const isLast = migration === history.migrations.at(-1);
  const isJudged = judges(migration);
  const applied = new Map<Candidate, { readonly outcome: Outcome; readonly snapshot: Snapshot }>();
  const apply = (candidate: Candidate): { readonly outcome: Outcome; readonly snapshot: Snapshot } => {
    const { datasets, db, files } = candidate;
    const [{ name }] = datasets;
    const observed = (moment: 'before' | 'after'): void => {
      for (const dataset of datasets) onDataset(dataset.name, () => observe?.(moment, dataset.name, db, migration));
    };
    const snapshot = files?.keep(name) ?? keep(db, migration, settings);
    observed('before');
    const outcome = onDataset(name, () =>
      applyTo(candidate, { migration, from, settings, invariants, snapshot, isLast, isJudged, asksViews: isJudged }),
    );
    if (outcome.status !== 'failed') observed('after');
    return { outcome, snapshot };
  };
  // A failure on the empty database says nothing about rows.
  for (const dataset of baseline.status === 'failed' ? [] : datasets) {
    const candidate = candidates.find((each) => each.datasets.includes(dataset));
    if (candidate === undefined) continue;
    entered?.(migration, dataset.name);
    const ran = applied.get(candidate) ?? apply(candidate);
    applied.set(candidate, ran);
    const { outcome, snapshot } = ran;
    snapshots.set(dataset.name, snapshot);
    if (outcome.status === 'failed') restarted.push(dataset.name);
    outcomes.set(dataset.name, outcome);
    if (!hasHazards(dataset) || !isJudged) continue;
    const trial = onDataset(dataset.name, () =>
      tryHazards(dataset, { migration, from, settings, invariants }, snapshot, outcome),
    );
    if (trial !== null) trials.set(dataset.name, trial);
    const runs = onDataset(dataset.name, () =>
      tryStrays(dataset, { migration, from, settings, invariants }, snapshot, outcome),
    );
    if (runs.length > 0) strays.set(dataset.name, runs);
  }
  const step: Step = { migration, baseline, candidates: outcomes, snapshots, restarted, trials, strays };
  return { ...step, again: (other, part) => applyAgain(step, other, { from, settings, invariants, datasets }, part) };
}

/** The databases in memory on which a step was applied; files are too large to keep. */
function endsOf(
  { baseline: { status }, candidates: outcomes }: Step,
  baseline: Rolling,
  candidates: readonly Candidate[],
): Map<Side, () => Snapshot> {
  const ends = new Map<Side, () => Snapshot>();
  if (status === 'applied') ends.set('empty', () => snapshotMemory(baseline.db));
  for (const { datasets, db, files } of candidates)
    for (const { name } of files === null ? datasets : [])
      if (outcomes.get(name)?.status === 'applied') ends.set(name, () => snapshotMemory(db));
  return ends;
}
