import type { SqlValue } from '../../model/connection.ts';
import type { Refusal } from '../../model/dataset.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import { foldName } from '../../sql/quote.ts';
import type { Reference } from '../reading/references.ts';
import { type Draws, findRow, isDrawnAgain } from '../search.ts';
import { valueIn } from '../slots.ts';
import { change, type Draft, isFixed, startDraft, varyAll, varyKeys, yieldTo } from './draft.ts';
import type { Step, TableBefore } from './request.ts';

/** The row that is asked for. */
export interface Wanted {
  readonly table: Table;
  /** Tells the row from others of the table: the same name gives the same row. */
  readonly label: string;
  /** The awkward values, which are in the row or the row does not exist. */
  readonly awkward?: ReadonlyMap<string, SqlValue>;
  /** Other values than the plain row has, which tell the row from it in keys. */
  readonly apart?: ReadonlyMap<string, SqlValue>;
  /** Whether all else is as in the plain row, but for what keys force. */
  readonly twin?: boolean;
  /** References that point where those of the plain row do. */
  readonly shared?: readonly Reference[];
  /** Whether it leaves partial unique indexes where it would repeat a key of theirs; else it has another key. */
  readonly outside?: boolean;
  readonly unenforced?: boolean;
  readonly deleted?: boolean;
}

/** Makes a row that is the host of awkward values, with its parents before it; null where SQLite does not take it. */
export type Host = (wanted: Wanted) => readonly HazardRow[] | null;

/** The label of a row with nothing awkward, without which no hazard can be told from a second row; it is always tried. */
export const controlLabel = 'control';

/** How many generations of parents a row gets of its own. */
const generations = 1;

/** How many it gets where keys allow a parent no second child. */
const forcedGenerations = 6;

/** Makes the rows of a parent, for a child of a label below other tables; null where there are none. */
type ParentRows = (parent: Table, label: string, path: readonly Table[]) => readonly HazardRow[] | null;

/**
 * Makes rows like the plain row of their table and yet no duplicates of it: other values of the same kinds, other
 * parents; the same where texts say what a column may be. A parent that fires triggers is shared where it can be: what
 * those do may grow with every row.
 */
export function createHosts(step: Step): Host {
  const copies = new Map<string, readonly HazardRow[] | null>();
  const parentRows: ParentRows = (parent, label, path) => {
    if (path.includes(parent) || parent.kind !== 'table') return null;
    const key = JSON.stringify([parent.name, label]);
    const known = copies.get(key);
    if (known !== undefined) return known;
    const rows = makeRow(step, { table: parent, label }, path, parentRows);
    copies.set(key, rows);
    return rows;
  };
  return (wanted) => makeRow(step, wanted, [], parentRows);
}

function makeRow(
  step: Step,
  wanted: Wanted,
  above: readonly Table[],
  parentRows: ParentRows,
): readonly HazardRow[] | null {
  const { table, label, awkward = new Map(), apart = new Map(), twin = false, outside = false } = wanted;
  const before = step.before(table);
  if (before === null) return null;
  const path = [...above, table];
  const start = change(startDraft({ before, label, awkward }), [...apart]);
  const open = openReferences(start, wanted);
  const own = open.filter(({ parent }) => step.before(parent)?.isTriggered !== true);
  const varied = twin ? start : varyAll(adoptParents(start, own, path, parentRows), pointingColumns(before));
  const apartInKeys = varyKeys(varied, outside, (draft, columns) => {
    const reference = open.findLast((each) => each.columns.some((column) => columns.includes(foldName(column))));
    return reference === undefined ? null : adopt(draft, reference, path, forcedGenerations, parentRows);
  });
  const settled = settle(step, apartInKeys, wanted);
  return settled === null ? null : [...new Set([...apartInKeys.parents, settled])];
}

/** The references to other tables that the row may point with at parents of its own. */
function openReferences(draft: Draft, { table, apart = new Map(), shared = [] }: Wanted): Reference[] {
  const { references, plain } = draft.before;
  return references.filter(
    (reference) =>
      reference.parent !== table &&
      !shared.includes(reference) &&
      !reference.columns.some((column) => apart.has(column)) &&
      reference.columns.every((column) => !isFixed(draft, column) && (valueIn(plain, column) ?? null) !== null),
  );
}

function pointingColumns({ references }: TableBefore): ReadonlySet<string> {
  return new Set(references.flatMap(({ columns }) => columns.map(foldName)));
}

/** Gives the row parents of its own. */
function adoptParents(draft: Draft, open: readonly Reference[], path: readonly Table[], parentRows: ParentRows): Draft {
  return open.reduce((each, reference) => adopt(each, reference, path, generations, parentRows) ?? each, draft);
}

/** Makes the row point at a parent of its own; null where there is none. @param limit of generations */
function adopt(
  draft: Draft,
  { parent, columns, parentColumns }: Reference,
  path: readonly Table[],
  limit: number,
  parentRows: ParentRows,
): Draft | null {
  if (path.length > limit) return null;
  const rows = parentRows(parent, `${draft.before.table.name} ${draft.label}`, path);
  const values = rows?.at(-1)?.values;
  if (rows === null || values === undefined) return null;
  const keys = parentColumns.map((column) => valueIn(values, column) ?? null);
  if (keys.includes(null)) return null;
  const pointing = columns.map((column, i) => [column, keys[i] ?? null] as const);
  return { ...change(draft, pointing), parents: [...draft.parents, ...rows] };
}

/** Inserts the row of a draft, or another after each refusal; null where all are refused. */
function settle(step: Step, draft: Draft, { label, unenforced, deleted }: Wanted): HazardRow | null {
  const { budget, insert } = step;
  const { table } = draft.before;
  const rowOf = ({ row }: Draft): HazardRow => {
    return { table: table.name, values: row, enforced: unenforced !== true, deleted: deleted === true };
  };
  const found = findRow(draftsAfter(draft), (next) =>
    label === controlLabel || budget.takes(table) ? insert(rowOf(next)) : untried,
  );
  return found.refusal === null ? rowOf(found.row) : null;
}

const untried: Refusal = { code: 'SQLITE_FULL', message: 'its triggers have run too often', ofAnyRow: true };

/** A draft, and another after each refusal. */
function* draftsAfter(draft: Draft): Draws<Draft> {
  let row = draft;
  let refusal = yield row;
  for (let attempt = 1; isDrawnAgain(refusal, attempt) && !/FOREIGNKEY/.test(refusal.code); attempt++) {
    const next = yieldTo(row, refusal, attempt);
    if (next === null) break;
    row = next;
    refusal = yield row;
  }
  return { row, refusal };
}
