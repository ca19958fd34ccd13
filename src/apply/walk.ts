import { type Database, openMemory } from '../database/connection.ts';
import { type OnFiles, onFiles } from '../database/on-files.ts';
import { revisionOf } from '../database/revision.ts';
import { type Snapshot, snapshotMemory } from '../database/snapshot.ts';
import { readState } from '../database/state.ts';
import { versionText } from '../identity/number.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { History, Migration } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Outcome, State } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { applyAgain, type StepPart } from './again.ts';
import type { Application } from './application.ts';
import { applyStep, inForce } from './apply.ts';
import { asBlocked } from './blocked.ts';
import type { Dataset, FillResult } from './dataset.ts';
import { hasHazards } from './hazard-dataset.ts';
import { keep } from './keep.ts';
import { carryRows } from './restart.ts';
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

/** A database that keeps its rows from step to step, so that they grow old as in production. */
interface Rolling {
  db: Database;
  restarted: boolean;
  /** Its state after the last step, and what `revisionOf` said then. */
  known: { readonly state: State; readonly revision: string } | null;
}

/** A rolling database with the maker of its rows. */
interface Candidate extends Rolling {
  readonly dataset: Dataset;
  /** Where it lies; null for memory. */
  readonly files: OnFiles | null;
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
  const candidates = route.datasets.map((dataset) => startCandidate(route, dataset, files));
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
          if (step.restarted.includes(candidate.dataset.name)) replace(candidate, baseline.db, step, settings);
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

function startCandidate({ openBase }: Route, dataset: Dataset, files: OnFiles): Candidate {
  const base = openBase();
  if (dataset.isLarge !== true) return { ...roll(base), dataset, files: null };
  const db = files.open(dataset.name, base.serialize());
  base.close();
  return { ...roll(db), dataset, files };
}

function roll(db: Database): Rolling {
  return { db, restarted: false, known: null };
}

/** The state of a database where nothing was changed since the last step. */
function knownState({ db, known }: Rolling): State | null {
  return known !== null && known.revision === revisionOf(db) ? known.state : null;
}

function applyTo(rolling: Rolling, step: Omit<Application, 'db' | 'before'>): Outcome {
  const before = knownState(rolling);
  const outcome = applyStep({ ...step, db: rolling.db, ...(before && { before }) });
  rolling.known = outcome.status === 'applied' ? { state: outcome.after, revision: revisionOf(rolling.db) } : null;
  return outcome;
}

function fill(route: Route, candidate: Candidate, position: number): void {
  const { dataset, db, restarted } = candidate;
  const state = knownState(candidate);
  const filling = onDataset(dataset.name, () =>
    asStep(`Making the rows of version ${versionText(route.history.migrations, position)}`, () =>
      dataset.fill(db, { position, restarted, state }),
    ),
  );
  route.filled(dataset.name, position, filling);
  const revision = revisionOf(db);
  if (state === null || candidate.known?.revision === revision) return;
  const { written } = filling;
  const filled = written === undefined ? null : { state, schema: state.schema, written };
  candidate.known = { state: readState(db, inForce(route.invariants, position), filled), revision };
}

function stepCandidates(
  { settings, invariants, history, isJudged: judges = () => true, entered, observe }: Route,
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
  // A failure on the empty database says nothing about rows.
  for (const candidate of baseline.status === 'failed' ? [] : candidates) {
    const { dataset, db } = candidate;
    entered?.(migration, dataset.name);
    const snapshot = candidate.files?.keep(dataset.name) ?? keep(db, migration, settings);
    onDataset(dataset.name, () => observe?.('before', dataset.name, db, migration));
    const outcome = onDataset(dataset.name, () =>
      applyTo(candidate, { migration, from, settings, invariants, snapshot, isLast, isJudged, asksViews: isJudged }),
    );
    snapshots.set(dataset.name, snapshot);
    if (outcome.status === 'failed') restarted.push(dataset.name);
    else onDataset(dataset.name, () => observe?.('after', dataset.name, db, migration));
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
  const datasets = candidates.map(({ dataset }) => dataset);
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
  for (const { dataset, db, files } of candidates)
    if (files === null && outcomes.get(dataset.name)?.status === 'applied')
      ends.set(dataset.name, () => snapshotMemory(db));
  return ends;
}

/** Goes on with another database. The old one is closed last, for the new one may be told from it. */
function renew(rolling: Rolling, db: Database): void {
  rolling.db.close();
  rolling.db = db;
  rolling.known = null;
}

function replace(candidate: Candidate, baseline: Database, step: Step, settings: Settings): void {
  const lost = step.snapshots.get(candidate.dataset.name);
  if (lost === undefined) return;
  const bytes = baseline.serialize();
  const { name, carriesOver } = candidate.dataset;
  const db = candidate.files === null ? openMemory(settings, bytes) : candidate.files.open(name, bytes);
  if (carriesOver) carryRows(db, lost, settings);
  renew(candidate, db);
  candidate.restarted = true;
}
