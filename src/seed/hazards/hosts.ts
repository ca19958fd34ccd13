import type { SqlValue } from '../../model/connection.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import { foldName } from '../../sql/quote.ts';
import type { Reference } from '../reading/references.ts';
import { createDraft, type Draft, valueIn } from './draft.ts';
import type { Ground, Sources } from './sources.ts';

/** What is asked of a row. */
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

/** Makes a row after the plain one, with its parents before it; null where SQLite does not take it. */
export type Carriers = (wanted: Wanted) => readonly HazardRow[] | null;

/** How many generations of parents a row gets of its own. */
const generations = 1;

/** How many it gets where keys allow a parent no second child. */
const forcedGenerations = 6;

/** How many rows are tried in place of one that SQLite refuses. */
const attempts = 6;

/**
 * Makes rows like the plain row of their table and yet no duplicates of it: other values of the same kinds, other
 * parents; the same where texts say what a column may be. A parent that fires triggers is shared where it can be: what
 * those do may grow with every row.
 */
export function createHosts(sources: Sources): Carriers {
  const { plainOf, referencesOf, isTriggered } = sources;
  const copies = new Map<string, readonly HazardRow[] | null>();

  const parentOf = ({ parent }: Reference, label: string, path: readonly Table[]): readonly HazardRow[] | null => {
    if (path.includes(parent) || parent.kind !== 'table') return null;
    const key = JSON.stringify([parent.name, label]);
    if (!copies.has(key)) copies.set(key, make({ table: parent, label }, path));
    return copies.get(key) ?? null;
  };

  const make = (wanted: Wanted, above: readonly Table[]): readonly HazardRow[] | null => {
    const { table, label, awkward = new Map(), apart = new Map(), twin = false, shared = [], outside = false } = wanted;
    const plain = plainOf(table);
    if (plain === null) return null;
    const draft = createDraft(sources, table, plain, label, awkward);
    for (const [column, value] of apart) draft.point(column, value);
    const path = [...above, table];
    const parents: HazardRow[] = [];
    const adopt = (reference: Reference, limit: number): boolean => {
      if (path.length > limit) return false;
      const rows = parentOf(reference, `${table.name} ${label}`, path);
      const values = rows?.at(-1)?.values;
      if (rows === null || values === undefined) return false;
      const pointing = reference.parentColumns.map((column) => valueIn(values, column));
      if (pointing.some((value) => value === undefined || value === null)) return false;
      reference.columns.forEach((column, i) => {
        draft.point(column, pointing[i] ?? null);
      });
      parents.push(...rows);
      return true;
    };
    const open = referencesOf(table).filter(
      (reference) =>
        reference.parent !== table &&
        !shared.includes(reference) &&
        !reference.columns.some((column) => apart.has(column)) &&
        reference.columns.every((column) => !draft.isFixed(column) && (valueIn(plain, column) ?? null) !== null),
    );
    if (!twin) {
      for (const reference of open.filter(({ parent }) => !isTriggered(parent))) adopt(reference, generations);
      draft.varyAll(new Set(referencesOf(table).flatMap(({ columns }) => columns.map(foldName))));
    }
    draft.varyKeys(outside, (columns) => {
      const reference = open.findLast((each) => each.columns.some((column) => columns.includes(foldName(column))));
      return reference !== undefined && adopt(reference, forcedGenerations);
    });
    const row = settle(draft, sources.insert, wanted);
    return row === null ? null : [...new Set([...parents, row])];
  };

  return (wanted) => make(wanted, []);
}

function settle(draft: Draft, insert: Ground['insert'], wanted: Wanted): HazardRow | null {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const row: HazardRow = {
      table: draft.table.name,
      values: new Map(draft.values()),
      enforced: wanted.unenforced !== true,
      deleted: wanted.deleted === true,
    };
    const refusal = insert(row);
    if (refusal === null) return row;
    if (refusal.ofAnyRow || /FOREIGNKEY/.test(refusal.code) || !draft.yieldTo(refusal, attempt)) return null;
  }
  return null;
}
