import { hazardSorts } from '../hazards/hazards.ts';
import type { Childless, HazardLabel, HazardRow, Hazards } from '../model/hazard.ts';
import type { HazardSet, RunBudget, TrialResult } from './budget.ts';

/**
 * The differences of a plain row without children: those that disappear when a child is put beside it.
 * @param result what such a row of a table showed.
 */
export function findChildless(
  table: string,
  { run, shown }: TrialResult,
  { controls, childless }: Hazards,
  budget: RunBudget,
): HazardSet[] {
  if (shown.size === 0) return [];
  const control = controls.get(table) ?? [];
  const keysOf = Map.groupBy(
    childless.filter((each) => each.table === table),
    ({ child }) => child,
  );
  const withChildren = [...keysOf].flatMap(([child, keys]) => {
    if (budget.isSpent()) return [];
    const left = budget.run(withChild(control, keys, controls.get(child) ?? [])).shown;
    // A child that brings a failure of its own hides whether it takes anything away.
    return [...left.keys()].every((cause) => shown.has(cause)) ? [{ keys, left }] : [];
  });
  return [...shown].flatMap(([cause, difference]): HazardSet[] => {
    const keys = withChildren.filter(({ left }) => !left.has(cause)).flatMap((each) => each.keys);
    const columns = [...new Set(keys.flatMap((key) => key.columns))];
    const hazard: HazardLabel = {
      kind: 'childless',
      table,
      columns,
      ...hazardSorts.childless.describe({ table, keys }),
    };
    return keys.length === 0 ? [] : [{ hazards: [hazard], shown: new Map([[cause, difference]]), run }];
  });
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
