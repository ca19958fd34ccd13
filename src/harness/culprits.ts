import type { Trial, TrialRun } from '../apply/trial.ts';
import type { Difference } from '../model/comparison.ts';
import type { Childless, Hazard, HazardLabel, HazardRow } from '../model/hazard.ts';
import { alone, ddmin } from '../shrink/ddmin.ts';
import { describeChildless } from '../sql/childless.ts';
import { describeDuplicate } from '../sql/duplicate.ts';

/** How often a step is run again to find the hazards that it trips over. */
export const tryLimit = 200;

/** What a difference is the difference of, whatever its numbers. */
export type Cause = string;

/** The differences of one run that plain rows do not show. */
export type Shown = ReadonlyMap<Cause, Difference>;

/** Some hazards that show a difference together, most often one. */
export interface Culprit {
  readonly hazards: readonly (Hazard | HazardLabel)[];
  readonly shown: Shown;
  readonly run: TrialRun;
}

/** What a search has found. */
export interface Search {
  /** The most believable first. */
  readonly culprits: readonly Culprit[];
  /**
   * What of a culprit shows a cause, found by runs without parts of it: of a duplicate, the columns that it takes. Null
   * where the hazard has no part in it, as any other row shows it too.
   */
  readonly refine: (culprit: Culprit, cause: Cause) => HazardLabel | null;
  /** Whether the tries ran out before all was found. */
  readonly isExhausted: boolean;
}

/**
 * Finds which hazards a step trips over: by halving, each that shows something by itself, so that none hides another;
 * then, with those gone, what only several show together.
 * @param known what plain rows show.
 */
export function searchCulprits(
  { hazards: { all, controls, childless }, run }: Trial,
  known: Shown,
  differencesOf: (run: TrialRun) => Shown,
): Search {
  let tries = 0;
  const trial = (rows: readonly HazardRow[]): Pick<Culprit, 'run' | 'shown'> => {
    tries += 1;
    const made = run(rows);
    return { run: made, shown: beyond(known, differencesOf(made)) };
  };

  // What rows show that differ from the plain one in nothing awkward is the doing of there being a second row.
  const ofControls = new Map<string, Pick<Culprit, 'run' | 'shown'>>();
  alone([...controls], (tables) => {
    const made = trial(tables.flatMap(([, rows]) => rows));
    const [first] = tables;
    if (tables.length === 1 && first !== undefined) ofControls.set(first[0], made);
    return made.shown.size > 0;
  });
  const ofSecondRows: Shown = new Map([...ofControls.values()].flatMap(({ shown }) => [...shown]));

  const tried = new Map<string, Culprit>();
  const attempt = (hazards: readonly Hazard[]): Culprit => {
    const key = hazards.map((hazard) => all.indexOf(hazard)).join();
    const seen = tried.get(key);
    if (seen !== undefined) return seen;
    const made = trial(hazards.flatMap(({ rows }) => rows));
    const shown = hazards.every(isSecondRow) ? made.shown : beyond(ofSecondRows, made.shown);
    const culprit = { ...made, shown, hazards };
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

  const lonely = [...ofControls].flatMap(([table, { run: made, shown }]): Culprit[] => {
    if (shown.size === 0) return [];
    const control = controls.get(table) ?? [];
    const keysOf = Map.groupBy(
      childless.filter((each) => each.table === table),
      ({ child }) => child,
    );
    const withChildren = [...keysOf].flatMap(([child, keys]) => {
      if (tries >= tryLimit) return [];
      const left = trial(withChild(control, keys, controls.get(child) ?? [])).shown;
      // A child that brings a failure of its own hides whether it takes anything away.
      return [...left.keys()].every((cause) => shown.has(cause)) ? [{ keys, left }] : [];
    });
    return [...shown].flatMap(([cause, difference]): Culprit[] => {
      const keys = withChildren.filter(({ left }) => !left.has(cause)).flatMap((each) => each.keys);
      const columns = [...new Set(keys.flatMap((key) => key.columns))];
      const hazard: HazardLabel = { kind: 'childless', table, columns, ...describeChildless(table, keys) };
      return keys.length === 0 ? [] : [{ hazards: [hazard], shown: new Map([[cause, difference]]), run: made }];
    });
  });

  const refine: Search['refine'] = ({ hazards }, cause) => {
    const [hazard] = hazards;
    const control = controls.get(hazard?.table ?? '');
    if (hazard === undefined || hazards.length > 1) return asOne(hazards);
    if (!('rows' in hazard) || !isTwin(hazard) || control === undefined || tries >= tryLimit) return hazard;
    const showsAlike = (columns: readonly string[]): boolean =>
      trial(likeOnlyIn(hazard, columns, control)).shown.has(cause);
    if (showsAlike([])) return null;
    if (hazard.kind !== 'duplicate') return hazard;
    const columns = ddmin(hazard.columns, showsAlike);
    return { ...hazard, columns, ...describeDuplicate(hazard.table, columns) };
  };
  return { culprits: [...lonely, ...culprits], refine, isExhausted: tries >= tryLimit };
}

/**
 * What `shown` has beyond `known`, but for what the text of the migration means to do. A counter that goes back with the
 * rows that are lost is no second matter.
 */
export function beyond(known: Shown, shown: Shown): Shown {
  const unmeant = [...shown].filter(([, difference]) => !isIntended(difference));
  const lost = new Set(unmeant.flatMap(([, each]) => (each.kind === 'fewer-rows' ? [each.table] : [])));
  return new Map(
    unmeant.filter(([cause, each]) => !known.has(cause) && !(each.kind === 'sequence-reset' && lost.has(each.table))),
  );
}

/** The label of hazards that it takes all of. */
export function asOne([first, ...others]: readonly HazardLabel[]): HazardLabel | null {
  if (first === undefined) return null;
  return others.length === 0 ? first : { ...first, and: others };
}

/** What a migration says itself: its numbers are those of hazards, which mean nothing. */
function isIntended(difference: Difference): boolean {
  return (
    difference.kind === 'fewer-rows' && (difference.treatment === 'deleted-from' || difference.treatment === 'dropped')
  );
}

/** Whether a hazard is awkward only as a second row beside the plain one. */
function isSecondRow({ kind }: Hazard): boolean {
  return kind === 'duplicate';
}

/** Whether a hazard is awkward for its likeness with the plain row. */
function isTwin({ kind }: Hazard): boolean {
  return kind === 'duplicate' || kind === 'case-variant';
}

/** A parent with a child of its own, all of whose keys to that table refer to it. */
function withChild(
  parent: readonly HazardRow[],
  keys: readonly Childless[],
  child: readonly HazardRow[],
): readonly HazardRow[] {
  const [above, row] = [parent.at(-1), child.at(-1)];
  if (above === undefined || row === undefined) return parent;
  const values = new Map(row.values);
  for (const { columns, by } of keys) {
    by.forEach((column, i) => {
      const key = above.values.get(columns[i] ?? '');
      if (key !== undefined) values.set(column, key);
    });
  }
  // Its former parents would be others without children.
  const others = child.slice(0, -1).filter(({ table }) => table !== above.table);
  return [...parent, ...others, { ...row, values }];
}

/** The rows of a twin, but that of the columns it is awkward for it has what another row has. */
function likeOnlyIn(
  { table, columns, rows }: Hazard,
  alike: readonly string[],
  control: readonly HazardRow[],
): readonly HazardRow[] {
  // Children of it may stand behind it.
  const at = rows.findLastIndex((row) => row.table === table);
  const [row, other] = [rows[at], control.at(-1)];
  if (row === undefined || other === undefined) return rows;
  const values = new Map(row.values);
  for (const column of columns) {
    const value = other.values.get(column);
    if (!alike.includes(column) && value !== undefined) values.set(column, value);
  }
  return [...rows.slice(0, at), ...control.slice(0, -1), { ...row, values }, ...rows.slice(at + 1)];
}
