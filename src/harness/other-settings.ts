import { applyStep } from '../apply/apply.ts';
import type { Step } from '../apply/walk.ts';
import { compareSide } from '../compare/compare.ts';
import type { ResolvedConfig } from '../config.ts';
import { explain } from '../explain/explain.ts';
import type { Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { History, Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';

/** A step as it would be judged otherwise: by another migrator, or under other settings. */
export interface Otherwise {
  readonly migration: Migration;
  readonly config: ResolvedConfig;
}

/**
 * Judges a step once more, from the databases before it.
 * @returns what is found then, without notes and invariants; null where the step cannot be repeated.
 */
export function judgeOtherwise(step: Step, history: History, { migration, config }: Otherwise): Finding[] | null {
  const baseline = run(migration, step, 'empty', config);
  if (baseline === null) return null;
  const candidates = [...step.candidates.keys()].flatMap((side) => {
    const outcome = run(migration, step, side, config);
    return outcome === null ? [] : [compareSide(migration, side, outcome, baseline)];
  });
  const comparisons = [...candidates, compareSide(migration, 'empty', baseline, baseline)];
  return explain(comparisons, config, history.runner).findings.filter(({ severity }) => severity !== 'note');
}

function run(migration: Migration, { snapshots }: Step, side: Side, { settings }: ResolvedConfig): Outcome | null {
  const snapshot = snapshots.get(side);
  if (snapshot === undefined) return null;
  const db = snapshot.open(settings);
  try {
    // Invariants are asked where the step is judged as it is.
    return applyStep({ db, migration, from: migration.position, settings, invariants: [], snapshot });
  } finally {
    db.close();
  }
}

/** What makes a finding the same one under other settings. */
export function sameFinding({ code, table }: Finding): string {
  return JSON.stringify([code, table]);
}
