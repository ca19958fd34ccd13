import type { Refusal } from '../../model/dataset.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import { type Draws, findRow, isDrawnAgain } from '../search.ts';
import { pointAt } from './children.ts';
import { type Adopt, change, type Draft, openReferences, varyAll, varyKeys, type Wanted, yieldTo } from './draft.ts';
import type { HazardStep } from './request.ts';

/** Makes a row that is the host of awkward values, with its parents before it; null where SQLite does not take it. */
export type Host = (wanted: Wanted) => readonly HazardRow[] | null;

/** The label of a row with nothing awkward, without which no hazard can be told from a second row; it is always tried. */
export const controlLabel = 'control';

/** How many generations of parents a row gets of its own. */
const generations = 1;

/** How many it gets where keys allow a parent no second child. */
const forcedGenerations = 6;

/**
 * Makes rows like the plain row of their table and yet no duplicates of it: other values of the same kinds, other
 * parents; the same where texts say what a column may be. A parent that fires triggers is shared where it can be: what
 * those do may grow with every row.
 */
export function createHosts(step: HazardStep): Host {
  return (wanted) => hostBelow(step, wanted, []);
}

/** @param above the tables whose rows it is made for */
function hostBelow(step: HazardStep, wanted: Wanted, above: readonly Table[]): readonly HazardRow[] | null {
  const { table, label, values = [], twin } = wanted;
  const before = step.before(table);
  if (before === null) return null;
  const path = [...above, table];
  const adoptUpTo =
    (limit: number): Adopt =>
    (draft, reference) => {
      const { parent } = reference;
      if (path.length > limit || path.includes(parent) || parent.kind !== 'table') return null;
      // The second of two references to one parent points at another row, which is unlike the first in all that is made up.
      const nth = before.references.filter((each) => each.parent === parent).indexOf(reference);
      const own = nth > 0 ? `${table.name} ${label} ${nth}` : `${table.name} ${label}`;
      const rows = hostBelow(step, { table: parent, label: own }, path);
      const row = rows?.at(-1);
      const pointing = row === undefined ? null : pointAt(row, reference);
      return rows && pointing && { ...change(draft, pointing), parents: [...draft.parents, ...rows] };
    };
  const start = change({ before, wanted, row: before.plain, parents: [] }, values);
  const draft = varyKeys(
    twin === true ? start : varyAll(withParents(step, start, adoptUpTo(generations))),
    adoptUpTo(forcedGenerations),
  );
  const { row, refusal } = findRow(draftsAfter(draft), (next) =>
    label === controlLabel || step.budget.takes(table) ? step.insert(rowOf(next)) : untried,
  );
  return refusal === null ? [...row.parents, rowOf(row)] : null;
}

/** Gives the row parents of its own. */
function withParents({ before }: HazardStep, draft: Draft, adopt: Adopt): Draft {
  return openReferences(draft)
    .filter(({ parent }) => before(parent)?.isTriggered !== true)
    .reduce((each, reference) => adopt(each, reference) ?? each, draft);
}

function rowOf({ row, wanted: { table, unenforced = false, deleted = false } }: Draft): HazardRow {
  return { table: table.name, values: row, enforced: !unenforced, deleted };
}

const untried: Refusal = { code: 'SQLITE_FULL', message: 'its triggers have run too often', ofAnyRow: true };

/** A draft, and another after each refusal. */
function* draftsAfter(draft: Draft): Draws<Draft> {
  let row = draft;
  let refusal = yield row;
  for (let attempt = 1; isDrawnAgain(refusal, attempt); attempt++) {
    const next = yieldTo(row, refusal, attempt);
    if (next === null) break;
    row = next;
    refusal = yield row;
  }
  return { row, refusal };
}
