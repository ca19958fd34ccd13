import { applyStep } from '../apply/apply.ts';
import type { Step } from '../apply/walk.ts';
import { explain } from '../explain/explain.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import { onDataset } from '../watch/activity.ts';
import type { JudgementTerms } from './judge.ts';
import { compareSides } from './sides.ts';

/**
 * Judges a step once more, from the databases before it: with another text, or on other terms. @returns the findings of
 * that run, without notes and invariants; null if the step cannot be repeated.
 */
export function judgeOtherwise(step: Step, migration: Migration, terms: JudgementTerms): Finding[] | null {
  const baseline = run(migration, step, 'empty', terms);
  if (baseline === null) return null;
  const candidates = new Map<DatasetName, Outcome>();
  for (const side of step.candidates.keys()) {
    const outcome = run(migration, step, side, terms);
    if (outcome !== null) candidates.set(side, outcome);
  }
  const { snapshots } = step;
  const comparisons = compareSides({ migration, baseline, candidates, snapshots, restarted: [] }, terms.settings);
  return explain(comparisons, terms, terms.runner).findings.filter(({ severity }) => severity !== 'note');
}

function run(migration: Migration, { snapshots }: Step, side: Side, { settings }: JudgementTerms): Outcome | null {
  const snapshot = snapshots.get(side);
  if (snapshot === undefined) return null;
  const db = snapshot.open(settings);
  try {
    // Invariants are checked in the ordinary judgement of the step.
    const application = { db, migration, from: migration.position, settings, invariants: [], snapshot };
    return onDataset(side, () => applyStep(application));
  } finally {
    db.close();
  }
}

/** The identity of a finding on other terms. */
export function sameFinding({ code, table }: Finding): string {
  return JSON.stringify([code, table]);
}
