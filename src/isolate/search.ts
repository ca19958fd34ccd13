import { hazardSorts } from '../hazards/hazards.ts';
import type { Hazard, Hazards } from '../model/hazard.ts';
import { alone, ddmin } from '../shrink/ddmin.ts';
import { beyond, type HazardSet, type NewDifferences, type RunBudget, type TrialResult } from './budget.ts';
import { findChildless } from './childless.ts';
import { suspectsOf } from './suspects.ts';

/**
 * Finds which hazards a step trips over: by halving, each that shows something by itself, so that none hides another;
 * then, without those, the differences that only several show together.
 * @param together what all of them show at once.
 * @returns the most believable first.
 */
export function findHazardSets(hazards: Hazards, together: NewDifferences, budget: RunBudget): HazardSet[] {
  const { all, controls } = hazards;
  // Differences that rows with nothing awkward show come from the second row itself.
  const ofControls = runControls(controls, budget);
  const ofSecondRows: NewDifferences = new Map([...ofControls.values()].flatMap(({ shown }) => [...shown]));
  const tried = new Map<string, HazardSet>();
  const attempt = (some: readonly Hazard[]): HazardSet => {
    const key = some.map((hazard) => all.indexOf(hazard)).join();
    const seen = tried.get(key);
    if (seen !== undefined) return seen;
    const result = budget.run(some.flatMap(({ rows }) => rows));
    const shown = some.every(isSecondRow) ? result.shown : beyond(ofSecondRows, result.shown);
    const set = { ...result, shown, hazards: some };
    tried.set(key, set);
    return set;
  };
  const shows = (some: readonly Hazard[]): boolean => !budget.isSpent() && attempt(some).shown.size > 0;

  // Hazards of one kind often show the same difference, and neighbours are found sooner.
  const others = [...new Set(all.map(({ kind }) => kind))].flatMap((kind) =>
    all.filter((hazard) => hazard.kind === kind && !isSecondRow(hazard)),
  );
  const singles = new Set([
    ...alone(all.filter(isSecondRow), shows),
    ...findSingles(others, together, shows, (some) => attempt(some).shown),
  ]);
  for (const hazard of others) if (isApart(hazard) && shows([hazard])) singles.add(hazard);
  const sets = all.filter((hazard) => singles.has(hazard)).map((hazard) => attempt([hazard]));
  let rest = others.filter((hazard) => !singles.has(hazard));
  while (rest.length > 1 && shows(rest)) {
    const together = ddmin(rest, shows);
    sets.push(attempt(together));
    rest = rest.filter((hazard) => !together.includes(hazard));
  }
  const lonely = [...ofControls].flatMap(([table, result]) => findChildless(table, result, hazards, budget));
  return [...lonely, ...sets];
}

/**
 * The hazards that show something by themselves. Those that a difference points at are asked first; without them a step comes
 * further and shows the next difference, which points at others.
 * @param shown what all of them show.
 */
function findSingles(
  hazards: readonly Hazard[],
  shown: NewDifferences,
  shows: (some: readonly Hazard[]) => boolean,
  shownBy: (some: readonly Hazard[]) => NewDifferences,
): Hazard[] {
  const suspects = suspectsOf(hazards, shown.values());
  const found = alone([...suspects], shows);
  const left = hazards.filter((hazard) => !suspects.has(hazard));
  if (left.length === 0 || !shows(left)) return [...found];
  if (suspects.size === 0) return [...alone(left, shows)];
  return [...found, ...findSingles(left, shownBy(left), shows, shownBy)];
}

/** The differences that the controls show, table by table; one run for several tables shows that most have none. */
function runControls(controls: Hazards['controls'], budget: RunBudget): Map<string, TrialResult> {
  const found = new Map<string, TrialResult>();
  alone([...controls], (tables) => {
    const result = budget.run(tables.flatMap(([, rows]) => rows));
    const [first] = tables;
    if (tables.length === 1 && first !== undefined) found.set(first[0], result);
    return result.shown.size > 0;
  });
  return found;
}

/** Whether other hazards may hide what one does. */
export function isApart({ apart }: Pick<Hazard, 'apart'>): boolean {
  return apart === true;
}

function isSecondRow({ kind }: Hazard): boolean {
  return hazardSorts[kind].isSecondRow;
}
