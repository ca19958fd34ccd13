import { hazardSorts } from '../hazards/hazards.ts';
import type { Hazard, Hazards } from '../model/hazard.ts';
import { alone, ddmin } from '../shrink/ddmin.ts';
import { beyond, type Culprit, type Made, type Shown, type Tries } from './budget.ts';
import { findChildless } from './childless.ts';
import { suspectsOf } from './suspects.ts';

/**
 * Finds which hazards a step trips over: by halving, each that shows something by itself, so that none hides another;
 * then, with those gone, what only several show together.
 * @param together what all of them show at once.
 * @returns the most believable first.
 */
export function findCulprits(hazards: Hazards, together: Shown, tries: Tries): Culprit[] {
  const { all, controls } = hazards;
  // Differences that rows with nothing awkward show come from the second row itself.
  const ofControls = runControls(controls, tries);
  const ofSecondRows: Shown = new Map([...ofControls.values()].flatMap(({ shown }) => [...shown]));
  const tried = new Map<string, Culprit>();
  const attempt = (some: readonly Hazard[]): Culprit => {
    const key = some.map((hazard) => all.indexOf(hazard)).join();
    const seen = tried.get(key);
    if (seen !== undefined) return seen;
    const made = tries.run(some.flatMap(({ rows }) => rows));
    const shown = some.every(isSecondRow) ? made.shown : beyond(ofSecondRows, made.shown);
    const culprit = { ...made, shown, hazards: some };
    tried.set(key, culprit);
    return culprit;
  };
  const shows = (some: readonly Hazard[]): boolean => !tries.areUsedUp() && attempt(some).shown.size > 0;

  // Those of a kind often show something of a kind, and are found the sooner the closer they stand.
  const others = [...new Set(all.map(({ kind }) => kind))].flatMap((kind) =>
    all.filter((hazard) => hazard.kind === kind && !isSecondRow(hazard)),
  );
  const suspects = suspectsOf(others, together.values());
  const singles = new Set([
    ...alone(all.filter(isSecondRow), shows),
    ...alone([...suspects], shows),
    ...alone(
      others.filter((hazard) => !suspects.has(hazard)),
      shows,
    ),
  ]);
  const culprits = all.filter((hazard) => singles.has(hazard)).map((hazard) => attempt([hazard]));
  let rest = others.filter((hazard) => !singles.has(hazard));
  while (rest.length > 1 && shows(rest)) {
    const together = ddmin(rest, shows);
    culprits.push(attempt(together));
    rest = rest.filter((hazard) => !together.includes(hazard));
  }
  const lonely = [...ofControls].flatMap(([table, made]) => findChildless(table, made, hazards, tries));
  return [...lonely, ...culprits];
}

/** The differences that the controls show, table by table; a run with others shows of most tables that they have none. */
function runControls(controls: Hazards['controls'], tries: Tries): Map<string, Made> {
  const found = new Map<string, Made>();
  alone([...controls], (tables) => {
    const made = tries.run(tables.flatMap(([, rows]) => rows));
    const [first] = tables;
    if (tables.length === 1 && first !== undefined) found.set(first[0], made);
    return made.shown.size > 0;
  });
  return found;
}

function isSecondRow({ kind }: Hazard): boolean {
  return hazardSorts[kind].isSecondRow;
}
