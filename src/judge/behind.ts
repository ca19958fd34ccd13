import { applyStep } from '../apply/apply.ts';
import type { Step } from '../apply/walk.ts';
import { withoutArtefacts } from '../compare/artefacts.ts';
import { compareSide } from '../compare/compare.ts';
import { isOfDataset } from '../compare/values.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { setAside } from '../fault/aside.ts';
import { findFaults } from '../fault/find.ts';
import { locate } from '../locate/locate.ts';
import type { Comparison, Difference } from '../model/comparison.ts';
import type { Finding } from '../model/finding.ts';
import type { Settings } from '../model/settings.ts';
import { asStep, onDataset } from '../watch/activity.ts';

/** How often a step runs again on a dataset, each time without the rows that stopped it before. */
const runLimit = 4;

/** The consequences of a failure, which are told with the first one, and those of taking the newest rows away. */
const consequences: ReadonlySet<Difference['kind']> = new Set(['left-behind', 'stuck', 'sequence-reset']);

/**
 * Looks behind the failures of a step: sets the rows at fault aside in a trial copy and runs it again, so that one problem
 * does not hide the next.
 * @param comparisons those of its sides, with the rows at fault.
 * @returns a comparison for each run that shows more.
 */
export function compareBehind(step: Step, comparisons: readonly Comparison[], settings: Settings): Comparison[] {
  const known = new Map<Comparison['differences'], readonly Comparison[]>();
  return comparisons.flatMap((comparison) => {
    const { side, differences } = comparison;
    const snapshot = step.snapshots.get(side);
    if (side === 'empty' || snapshot === undefined || firstFailure(comparison) === null) return [];
    // Datasets that share a database have the same rows.
    const same = known.get(differences);
    if (same !== undefined) return same.map((each) => ({ ...each, side }));
    const look = (): Comparison[] => lookBehind(step, comparison, snapshot, settings);
    const found = onDataset(side, () => asStep(`Looking behind the failure of ${step.migration.name}`, look));
    if (side !== 'awkward' && !found.some((each) => each.differences.some(isOfDataset))) known.set(differences, found);
    return found;
  });
}

function firstFailure({ differences }: Comparison): Extract<Difference, { kind: 'failed-on-rows' }> | null {
  return differences.find((each) => each.kind === 'failed-on-rows') ?? null;
}

function lookBehind(step: Step, first: Comparison, before: Snapshot, settings: Settings): Comparison[] {
  const { migration, baseline } = step;
  const { position } = migration;
  const found: Comparison[] = [];
  const db = before.open(settings);
  let last = first;
  let kept: Snapshot | null = null;
  try {
    for (let run = 0; run < runLimit; run++) {
      const failed = firstFailure(last);
      if (failed === null || failed.fault == null || !setAside(db, failed.fault, settings)) break;
      kept?.release();
      kept = before.keep(db);
      const snapshot = kept;
      const trial = snapshot.open(settings);
      try {
        const outcome = applyStep({ db: trial, migration, from: position, settings, invariants: [], snapshot });
        const comparison = compareSide(migration, first.side, outcome, baseline);
        const own = comparison.differences
          .filter(({ kind }) => !consequences.has(kind))
          .map((each) => withoutArtefacts(each, migration, failed));
        const located = locate(own, comparison.migration, snapshot, settings).map(behind);
        last = { ...comparison, differences: findFaults(located, comparison.migration, snapshot, settings) };
      } finally {
        trial.close();
      }
      found.push(last);
    }
  } finally {
    db.close();
    kept?.release();
  }
  return found;
}

/** Leaves out failures behind others that show by themselves on another dataset. */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const isBehind = (finding: Finding): boolean => finding.code === 'fails-on-rows' && finding.facts.behind === true;
  const place = ({ code, message, table, statement }: Finding): string =>
    JSON.stringify([code, message, table, statement]);
  const known = new Set(findings.filter((finding) => !isBehind(finding)).map(place));
  return findings.filter((finding) => !isBehind(finding) || !known.has(place(finding)));
}

/** A failure that shows only without the rows of the one before. */
function behind(difference: Difference): Difference {
  return difference.kind === 'failed-on-rows' ? { ...difference, isBehind: true } : difference;
}
