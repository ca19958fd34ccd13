// This room applies pending migrations to a copy of production, and asks the copy which hazards it holds.
import { type Application, applyStep } from '../apply/apply.ts';
import { asBlocked } from '../apply/blocked.ts';
import type { HazardDataset } from '../apply/hazard-dataset.ts';
import { keep } from '../apply/keep.ts';
import type { Trial } from '../apply/trial.ts';
import type { Step } from '../apply/walk.ts';
import { type Database, openFile } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import { journalOf } from '../database/journal.ts';
import { readPending } from '../database/plan.ts';
import { mustRead } from '../database/reading.ts';
import { type Snapshot, snapshotFile } from '../database/snapshot.ts';
import { type Assumed, assumptionsAt, countViolators } from '../directives/assumptions.ts';
import { HarnessError } from '../errors.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { History, Migration, MigrationRef } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { LedgerReading } from '../model/ledger.ts';
import type { Outcome, State } from '../model/outcome.ts';
import type { Schema, SchemaPair } from '../model/schema.ts';
import type { Settings } from '../model/settings.ts';
import { withJournals } from '../sql/journal-mode.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { tryPending } from './hazards.ts';

/** The inputs of a rehearsal. */
export interface Rehearsal {
  readonly history: History;
  readonly settings: Settings;
  readonly invariants: readonly Invariant[];
  /** Opens a database with the base alone. */
  readonly openBase: () => Database;
  /** Makes the hazards that pending steps are tried with. */
  readonly hazards: HazardDataset;
  /** The production file, for messages; it is not opened. */
  readonly file: string;
  /** A copy of it, which is changed. */
  readonly copy: string;
  /** The place for the state before a step. */
  readonly scratch: string;
  /** The last migration of a database without a ledger. */
  readonly at: MigrationRef | undefined;
  /** Called before each pending migration. */
  readonly next: (migration: Migration, position: number, total: number) => void;
}

/**
 * The results of a rehearsal: the state of the ledger, the two schemas at that point, then each pending step, and
 * assumptions that rows break.
 */
export type RehearsalStep =
  | { readonly kind: 'ledger'; readonly reading: LedgerReading }
  | { readonly kind: 'assumption'; readonly assumed: Assumed; readonly rows: number }
  | { readonly kind: 'drift'; readonly migration: Migration; readonly baseline: Schema; readonly production: Schema }
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'head'; readonly before: SchemaPair; readonly after: SchemaPair };

/** The empty database beside the copy. It lacks the objects of the history's programs, which are not run. */
interface Baseline {
  db: Database;
  incomplete: boolean;
  /** Its state after the last step; null if unknown. */
  known: State | null;
}

/**
 * Applies the pending migrations to a copy of production and, beside it, to an empty database with the same applied
 * migrations. It ends after the first step that fails on either side, because later steps would be meaningless. An
 * assumption is checked on production's rows when it comes into force: before its own migration, or before the first
 * pending one.
 * @throws HarnessError `ledger-missing`, `ledger-ahead`, `ledger-foreign`, `unknown-version`, `unsupported` for a
 * pending program, `bad-invariant`, …
 */
export function* rehearse(given: Rehearsal): Generator<RehearsalStep, void, undefined> {
  const { settings, file, copy, at } = given;
  const production = openFile(copy, settings, { mustExist: true });
  const history = { ...given.history, migrations: withJournals(given.history.migrations, journalOf(production)) };
  const rehearsal = { ...given, history };
  const baseline: Baseline = { db: rehearsal.openBase(), incomplete: false, known: null };
  try {
    // The state before a step is a copy of the file, so the file must be the whole database.
    production.pragma('journal_mode = DELETE');
    const reading = readPending(production, file, history, at);
    refusePrograms(reading.pending);
    yield { kind: 'ledger', reading };
    // If a file that production has run is missing, the empty database cannot be built.
    if (reading.problems.some(({ kind }) => kind === 'missing')) return;
    const pending = new Set(reading.pending);
    const applied = history.migrations.filter((migration) => !pending.has(migration));
    const failed = catchUp(baseline, applied, rehearsal);
    if (failed !== null) {
      yield { kind: 'step', step: failed };
      return;
    }
    const before = { baseline: readSchema(baseline.db), production: readSchema(production) };
    const last = applied.at(-1);
    if (last !== undefined && !baseline.incomplete) {
      yield { kind: 'drift', migration: last, ...before };
    }
    yield* brokenAssumptions(production, assumptionsAt(history.migrations, reading.position, 'after'));
    const isThrough = yield* applyPending(rehearsal, reading, baseline, production);
    // Only late migrations run in a different order there than on a new database.
    if (!isThrough || baseline.incomplete || !reading.problems.some(({ kind }) => kind === 'late')) return;
    const made = makeAnew(rehearsal);
    if (made !== null) yield { kind: 'head', before, after: { baseline: made, production: readSchema(production) } };
  } finally {
    production.close();
    baseline.db.close();
  }
}

/** Later migrations depend on the effect of a program, so there would be no verdict. */
function refusePrograms(pending: readonly Migration[]): void {
  const program = pending.find(({ kind }) => kind === 'code');
  if (program === undefined) return;
  throw new HarnessError(
    'unsupported',
    `${program.file} is pending, but it is a program and was not run, so there is no verdict.`,
    {
      remedy: 'Deploy it separately with its own tool, and gate the later migrations.',
      facts: { file: program.file },
    },
  );
}

/**
 * Runs the applied migrations of production on the empty database.
 * @returns the step that fails there for another reason than a skipped program, or null.
 */
function catchUp(baseline: Baseline, applied: readonly Migration[], { settings }: Rehearsal): Step | null {
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
function applyToBaseline(
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

/** Counts the rows that assumptions rule out; an assumption about missing columns says nothing about these rows. */
function* brokenAssumptions(
  production: Database,
  assumptions: readonly Assumed[],
): Generator<RehearsalStep, void, undefined> {
  if (assumptions.length === 0) return;
  const schema = readSchema(production);
  for (const assumed of assumptions) {
    const query = countViolators(assumed, schema);
    if (query === null) continue;
    const what = `The column ${assumed.table}.${assumed.column}`;
    const count = (): number =>
      mustRead(production, what, () => production.prepare<[], number>(query).pluck().get() ?? 0);
    const rows = onDataset('copy', () => asStep('Asking an assumption', count));
    if (rows > 0) yield { kind: 'assumption', assumed, rows };
  }
}

/** The schema of a new database, on which all migrations run in the order of the folder; null where one fails. */
function makeAnew({ history, settings, openBase }: Rehearsal): Schema | null {
  const db = openBase();
  try {
    const failed = history.migrations.some((migration) => execute(db, migration, settings) !== null);
    return failed ? null : readSchema(db);
  } finally {
    db.close();
  }
}

/** @returns whether all pending migrations were applied. */
function* applyPending(
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
