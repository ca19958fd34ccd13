import type { Difference } from '../model/comparison.ts';
import type { Hazard, HazardRow, Hazards } from '../model/hazard.ts';
import { describeDuplicate } from '../sql/duplicate.ts';

/**
 * Says of duplicates in which columns two rows must be alike, where SQLite does not say it, and leaves out the twins that are
 * shown for their likeness and differ in another column alone.
 * @param hazards those that show the difference.
 * @param shows whether rows show it.
 */
export function withLikeness(
  hazards: readonly Hazard[],
  difference: Difference,
  controls: Hazards['controls'],
  shows: (rows: readonly HazardRow[]) => boolean,
): Hazard[] {
  if ('failure' in difference) return [...hazards];
  const told = hazards.map((hazard): Hazard => {
    if (hazard.kind !== 'duplicate') return hazard;
    const columns = alikeColumns(hazard, controls.get(hazard.table) ?? [], shows);
    return columns.length > 0 ? { ...hazard, columns, ...describeDuplicate(hazard.table, columns) } : hazard;
  });
  const isTwin = ({ kind, table, columns }: Hazard): boolean =>
    kind === 'case-variant' &&
    told.some(
      (other) =>
        other.kind === 'duplicate' &&
        other.table === table &&
        !columns.some((column) => other.columns.includes(column)),
    );
  return told.filter((hazard) => !isTwin(hazard));
}

/**
 * Finds the columns that must be alike: each of the others is given another value in one of the two rows, and the difference
 * still shows. A value that SQLite refuses tells nothing, and its column stays.
 * @param control a row without anything awkward, its parents first: what a reference may point at instead.
 */
function alikeColumns(
  { columns, rows, others = new Map() }: Hazard,
  control: readonly HazardRow[],
  shows: (rows: readonly HazardRow[]) => boolean,
): readonly string[] {
  const twin = rows.at(-1);
  if (twin === undefined || columns.length < 2) return columns;
  const values = new Map(twin.values);
  return columns.filter((column) => {
    const value = values.get(column) ?? null;
    const pointing = control.at(-1)?.values.get(column) ?? value;
    const changed = new Map(values).set(column, pointing === value ? (others.get(column) ?? value) : pointing);
    if (changed.get(column) === value) return true;
    if (!shows([...control.slice(0, -1), ...rows.slice(0, -1), { ...twin, values: changed }])) return true;
    values.set(column, changed.get(column) ?? null);
    return false;
  });
}
