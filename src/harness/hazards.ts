import { locate } from '../apply/locate.ts';
import type { Trial, TrialRun } from '../apply/trial.ts';
import type { Step } from '../apply/walk.ts';
import { compareSide } from '../compare/compare.ts';
import type { Comparison, Difference } from '../model/comparison.ts';
import type { DatasetName } from '../model/dataset.ts';
import type { Hazard, HazardRow } from '../model/hazard.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { alone, ddmin } from '../shrink/ddmin.ts';
import { holdsNoValue } from '../sql/messages.ts';
import { narrow } from './narrow.ts';

/** How often a step is run again to find the hazards that it trips over. */
export const tryLimit = 200;

/** What hazards show of a step beyond its plain rows. */
export interface Isolation {
  readonly dataset: DatasetName;
  /** One for each difference, with the hazards that show it by themselves. */
  readonly comparisons: readonly Comparison[];
  /** Whether the tries ran out before all was found. */
  readonly exhausted: boolean;
}

/** What a difference is the difference of, whatever its numbers. */
type Cause = string;

/** The differences of one run that plain rows do not show. */
type Shown = ReadonlyMap<Cause, Difference>;

/** Some hazards that show a difference together, most often one. */
interface Culprit {
  readonly hazards: readonly Hazard[];
  readonly shown: Shown;
  readonly run: TrialRun;
}

/** Finds what the hazards of a step show that its plain rows do not, for each dataset that has hazards. */
export function isolateHazards(step: Step, settings: Settings): Isolation[] {
  return [...(step.trials?.values() ?? [])].map((trial) => isolate(trial, step, settings));
}

function isolate(trial: Trial, { migration, baseline }: Step, settings: Settings): Isolation {
  const { dataset, plain, together } = trial;
  const differencesOf = ({ outcome }: { readonly outcome: Outcome }): Shown =>
    causesOf(compareSide(migration, dataset, outcome, baseline).differences);
  const known = differencesOf({ outcome: plain });
  if (beyond(known, differencesOf(together)).size === 0) return { dataset, comparisons: [], exhausted: false };

  const { culprits, exhausted } = search(trial, known, differencesOf);
  const causes = new Set(culprits.flatMap(({ shown }) => [...shown.keys()]));
  const comparisons = [...causes].flatMap((cause): Comparison[] => {
    const blamed = culprits.filter(({ shown }) => shown.has(cause));
    const difference = blamed[0]?.shown.get(cause);
    if (blamed[0] === undefined || difference === undefined) return [];
    const located = locate(difference, migration, blamed[0].run.snapshot, settings);
    const hazards = blamed.flatMap((culprit) => culprit.hazards);
    return [{ migration, side: dataset, differences: [located], hazards: narrow(hazards, located, migration) }];
  });
  return { dataset, comparisons, exhausted };
}

/**
 * Finds which hazards a step trips over: by halving, each that shows something by itself, so that none hides another;
 * then, with those gone, what only several show together.
 * @returns the culprits, the most believable first.
 */
function search(
  { hazards: { all, controls }, run }: Trial,
  known: Shown,
  differencesOf: (run: TrialRun) => Shown,
): { readonly culprits: readonly Culprit[]; readonly exhausted: boolean } {
  let tries = 0;
  // What rows show that differ from the plain one in nothing awkward is the doing of there being a second row.
  const ofSecondRows = new Map<Cause, Difference>();
  const showsSecondRow = (tables: readonly (readonly HazardRow[])[]): boolean => {
    tries += 1;
    const shown = beyond(known, differencesOf(run(tables.flat())));
    if (tables.length === 1) for (const [cause, difference] of shown) ofSecondRows.set(cause, difference);
    return shown.size > 0;
  };
  alone([...controls.values()], showsSecondRow);
  const knownOfOthers: Shown = new Map([...known, ...ofSecondRows]);
  const tried = new Map<string, Culprit>();
  const attempt = (hazards: readonly Hazard[]): Culprit => {
    const key = hazards.map((hazard) => all.indexOf(hazard)).join();
    const seen = tried.get(key);
    if (seen !== undefined) return seen;
    tries += 1;
    const made = run(hazards.flatMap(({ rows }) => rows));
    const culprit = {
      hazards,
      run: made,
      shown: beyond(hazards.every(isSecondRow) ? known : knownOfOthers, differencesOf(made)),
    };
    tried.set(key, culprit);
    return culprit;
  };
  const shows = (hazards: readonly Hazard[]): boolean => tries < tryLimit && attempt(hazards).shown.size > 0;

  // Those of a kind often show something of a kind, and are found the sooner the closer they stand.
  const others = [...new Set(all.map(({ kind }) => kind))].flatMap((kind) =>
    all.filter((hazard) => hazard.kind === kind && !isSecondRow(hazard)),
  );
  const singles = new Set([...alone(all.filter(isSecondRow), shows), ...alone(others, shows)]);
  const culprits = all.filter((hazard) => singles.has(hazard)).map((hazard) => attempt([hazard]));
  let rest = others.filter((hazard) => !singles.has(hazard));
  while (rest.length > 1 && shows(rest)) {
    const together = ddmin(rest, shows);
    culprits.push(attempt(together));
    rest = rest.filter((hazard) => !together.includes(hazard));
  }
  return { culprits, exhausted: tries >= tryLimit };
}

/** Whether a hazard is awkward only as a second row beside the plain one. */
function isSecondRow({ kind }: Hazard): boolean {
  return kind === 'duplicate' || kind === 'many-children';
}

/** What `shown` has beyond `known`, but for what the text of the migration means to do. */
function beyond(known: Shown, shown: Shown): Shown {
  return new Map([...shown].filter(([cause, difference]) => !known.has(cause) && !isIntended(difference)));
}

/** What a migration says itself: its numbers are those of hazards, which mean nothing. */
function isIntended(difference: Difference): boolean {
  return (
    difference.kind === 'fewer-rows' && (difference.treatment === 'deleted-from' || difference.treatment === 'dropped')
  );
}

function causesOf(differences: readonly Difference[]): Map<Cause, Difference> {
  return new Map(differences.map((difference) => [JSON.stringify(partsOf(difference)), difference]));
}

function partsOf(difference: Difference): readonly unknown[] {
  const { kind } = difference;
  switch (difference.kind) {
    case 'failed-on-rows':
    case 'failed-on-empty':
    case 'left-behind':
    case 'stuck': {
      const { failure, table } = difference;
      // Two columns may fail one statement in the same way; what a trigger says may be different for each row.
      const words = holdsNoValue(failure) ? failure.message : null;
      return [kind, failure.at, failure.statement, failure.code, table, words];
    }
    case 'fewer-rows':
      return [kind, difference.treatment, difference.table];
    case 'changed-values':
      return [kind, difference.cause, difference.table, difference.columns];
    case 'duplicate-rows':
    case 'sequence-reset':
      return [kind, difference.table];
    case 'new-orphans':
      return [kind, difference.table, difference.columns, difference.parent];
    case 'new-violations':
      return [kind, difference.invariant];
    case 'broken-object':
      return [kind, difference.type, difference.name];
    case 'lost-part':
      return [kind, difference.part, difference.table, difference.name];
    case 'integrity':
      return [kind, [...new Set(difference.lines.map((line) => line.replaceAll(/\d+/g, '')))]];
    case 'schema':
    case 'drift':
      return [kind, difference.objects.map(({ type, name }) => [type, name])];
  }
}
