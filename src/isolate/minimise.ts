import { hazardSorts } from '../hazards/hazards.ts';
import type { Hazard, HazardLabel, HazardRow, Hazards } from '../model/hazard.ts';
import { ddmin } from '../shrink/ddmin.ts';
import type { Cause, HazardSet, RunBudget } from './budget.ts';

/** A hazard under suspicion: its label, and what its rows are equal in. */
export type Suspect = HazardLabel & Pick<Hazard, 'expressions' | 'computed'>;

/**
 * The part of a set of hazards that shows a cause, found by runs without other parts: of a duplicate, the columns that it takes.
 * @returns null where any other row shows it too, so the hazard has no part in it.
 */
export function refine(
  { hazards }: HazardSet,
  cause: Cause,
  controls: Hazards['controls'],
  budget: RunBudget,
): Suspect | null {
  const [hazard] = hazards;
  const control = controls.get(hazard?.table ?? '');
  if (hazard === undefined || hazards.length > 1) return asOne(hazards);
  if ('without' in hazard && hazard.without !== undefined)
    return budget.isSpent() || !budget.run(hazard.without).shown.has(cause) ? hazard : null;
  if (!('rows' in hazard) || !hazardSorts[hazard.kind].isTwin || control === undefined || budget.isSpent())
    return hazard;
  const showsAlike = (columns: readonly string[]): boolean =>
    budget.runForm(hazard, JSON.stringify(columns), likeOnlyIn(hazard, columns, control)).shown.has(cause);
  if (showsAlike([])) return null;
  if (hazard.kind !== 'duplicate') return hazard;
  // Another row may have a value by chance of which the migration makes the same.
  const made = hazard.columns.filter((column) => hazard.computed?.has(column));
  const others = hazard.columns.filter((column) => !made.includes(column));
  const isEnough = (some: readonly string[]): boolean => showsAlike([...made, ...some]);
  const columns = made.length > 0 && isEnough([]) ? made : [...made, ...ddmin(others, isEnough)];
  const subject = {
    table: hazard.table,
    columns,
    likeness: { expressions: hazard.expressions, computed: hazard.computed },
  };
  return { ...hazard, columns, ...hazardSorts.duplicate.describe(subject) };
}

/** The label of hazards that it takes all of. */
export function asOne([first, ...others]: readonly Suspect[]): Suspect | null {
  if (first === undefined) return null;
  return others.length === 0 ? first : { ...first, and: others };
}

/** The rows of a twin; in the columns that make it awkward it holds the values of another row. */
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
