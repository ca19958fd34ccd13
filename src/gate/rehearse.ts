// This room applies pending migrations to a copy of production, and asks the copy which hazards it holds.
import { readSchema } from '../database/introspect.ts';
import { journalOf } from '../database/journal.ts';
import { readPending } from '../database/plan.ts';
import { openScratchFile } from '../database/scratch-file.ts';
import { assumptionsAt } from '../directives/assumptions.ts';
import { HarnessError } from '../errors.ts';
import type { Migration } from '../model/history.ts';
import { withJournals } from '../sql/journal-mode.ts';
import { brokenAssumptions } from './assumptions.ts';
import { type Baseline, catchUp, makeAnew } from './baseline.ts';
import { applyPending } from './pending.ts';
import type { Rehearsal, RehearsalStep } from './rehearsal.ts';

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
  const production = openScratchFile(copy, settings, { mustExist: true });
  const journal = journalOf(production);
  const history = { ...given.history, migrations: withJournals(given.history.migrations, journal) };
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
      yield { kind: 'step', step: failed, cost: null };
      return;
    }
    const before = { baseline: readSchema(baseline.db), production: readSchema(production) };
    const last = applied.at(-1);
    if (last !== undefined && !baseline.incomplete) {
      yield { kind: 'drift', migration: last, ...before };
    }
    yield* brokenAssumptions(production, assumptionsAt(history.migrations, reading.position, 'after'));
    const isThrough = yield* applyPending(rehearsal, reading, baseline, production, journal);
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
