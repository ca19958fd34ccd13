import { applyStep } from '../apply/apply.ts';
import type { Step } from '../apply/walk.ts';
import { type Database, openFile } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { readPending } from '../database/plan.ts';
import { snapshotFile, snapshotMemory } from '../database/snapshot.ts';
import type { Side } from '../model/dataset.ts';
import type { History, Migration } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { LedgerReading } from '../model/ledger.ts';
import type { Outcome, State } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import type { Settings } from '../model/settings.ts';

/** What a rehearsal needs. */
export interface Rehearsal {
  readonly history: History;
  readonly settings: Settings;
  readonly invariants: readonly Invariant[];
  /** Opens a database that stands at version 0. */
  readonly openBase: () => Database;
  /** The production file, for messages; it is not opened. */
  readonly file: string;
  /** A copy of it, which is changed. */
  readonly copy: string;
  /** Where the state before a step may be kept. */
  readonly scratch: string;
  /** The version of a database without a ledger. */
  readonly at: number | undefined;
  /** Told before each pending migration. */
  readonly next: (migration: Migration, position: number, total: number) => void;
}

/** What a rehearsal yields: what the ledger says, the two schemas at that version, then each pending step. */
export type RehearsalStep =
  | { readonly kind: 'ledger'; readonly reading: LedgerReading }
  | { readonly kind: 'baseline'; readonly migration: Migration; readonly outcome: Outcome }
  | { readonly kind: 'drift'; readonly migration: Migration; readonly baseline: Schema; readonly production: Schema }
  | { readonly kind: 'step'; readonly step: Step };

/**
 * Applies what is pending to a copy of production and, beside it, to an empty database that has run what production
 * has. It ends after the first step that fails on either side: there is nothing sensible to go on with.
 * @throws HarnessError `ledger-missing`, `ledger-ahead`, `ledger-foreign`, `unknown-version`, `bad-invariant`, …
 */
export function* rehearse(rehearsal: Rehearsal): Generator<RehearsalStep, void, undefined> {
  const { history, settings, file, copy, at } = rehearsal;
  const production = openFile(copy, settings, { mustExist: true });
  const baseline = rehearsal.openBase();
  try {
    // The state before a step is kept by copying the file, which must then be the whole database.
    production.pragma('journal_mode = DELETE');
    const reading = readPending(production, file, history, at);
    yield { kind: 'ledger', reading };
    const pending = new Set(reading.pending);
    const applied = history.migrations.filter((migration) => !pending.has(migration));
    const failed = catchUp(baseline, applied, rehearsal);
    if (failed !== null) {
      yield { kind: 'baseline', ...failed };
      return;
    }
    const last = applied.at(-1);
    // Without the programs of the history the empty database lacks what they make.
    if (last !== undefined && applied.every(({ kind }) => kind === 'sql')) {
      yield { kind: 'drift', migration: last, baseline: readSchema(baseline), production: readSchema(production) };
    }
    yield* applyPending(rehearsal, reading, baseline, production);
  } finally {
    production.close();
    baseline.close();
  }
}

/** Runs on the empty database what production has run; the one that fails there for other reasons than a skipped program, or null. */
function catchUp(
  db: Database,
  applied: readonly Migration[],
  { settings }: Rehearsal,
): { migration: Migration; outcome: Outcome } | null {
  let incomplete = false;
  for (const migration of applied) {
    if (migration.kind === 'code') {
      incomplete = true;
      continue;
    }
    const outcome = applyStep({ db, migration, from: 0, settings, invariants: [], snapshot: snapshotMemory(db) });
    if (outcome.status === 'failed' && !incomplete) return { migration, outcome };
  }
  return null;
}

function* applyPending(
  { settings, invariants, copy, scratch, next }: Rehearsal,
  { pending, version }: LedgerReading,
  baseline: Database,
  production: Database,
): Generator<RehearsalStep, void, undefined> {
  let from = version;
  let before: { baseline: State; production: State } | null = null;
  for (const [position, migration] of pending.entries()) {
    next(migration, position + 1, pending.length);
    if (migration.kind === 'code') {
      const skipped = {
        migration,
        baseline: { status: 'skipped' },
        candidates: new Map(),
        snapshots: new Map(),
        restarted: [],
      } as const;
      yield { kind: 'step', step: skipped };
      continue;
    }
    const step = { migration, from, settings, invariants };
    const empty = snapshotMemory(baseline);
    const kept = snapshotFile(copy, scratch);
    const expected = applyStep({ ...step, db: baseline, snapshot: empty, ...(before && { before: before.baseline }) });
    const found = applyStep({ ...step, db: production, snapshot: kept, ...(before && { before: before.production }) });
    const snapshots = new Map<Side, typeof kept>([
      ['empty', empty],
      ['copy', kept],
    ]);
    yield {
      kind: 'step',
      step: { migration, baseline: expected, candidates: new Map([['copy', found]]), snapshots, restarted: [] },
    };
    if (expected.status !== 'applied' || found.status !== 'applied') return;
    before = { baseline: expected.after, production: found.after };
    from = migration.version;
  }
}
