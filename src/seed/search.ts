import type { SqlValue } from '../model/connection.ts';
import type { Refusal, RowSink, Verdict } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { hopelessSearches, isOfRowAlone } from './hopeless.ts';
import { blamedColumns } from './refusal.ts';
import { assemble, type Option, type Slot } from './slots.ts';

/** How many rows are tried on one table. */
const attemptLimit = 400;

/** How many slots differ from the plain row at most, so that a row that is taken stays as plain as it can. */
const changeLimit = 3;

/** The result of a search. */
export interface Placement {
  /** Null, or the refusal that no change gets past. */
  readonly refusal: Verdict;
  /** The row that went in, or the one that came furthest. */
  readonly row: ReadonlyMap<string, SqlValue>;
}

/**
 * Puts the plain row of `table` in; when SQLite refuses it, the rows nearest to it, changing what the refusal is about.
 * A row that is refused for a new reason has come further, and the search goes on from there.
 * @param isAlone whether no trigger acts on the row, nor the project itself, so that the same row is the same again.
 */
export function putRow(
  table: Table,
  slots: readonly Slot[],
  sink: RowSink,
  isEmpty: () => boolean,
  isAlone: boolean,
): Placement {
  const seen = new Set<string>();
  const blamed = new Set<Slot>();
  const tried = new Set<string>();
  let chosen: readonly Option[] = slots.map(({ plain }) => plain);
  let isHopeless = true;
  const attempt = (row: ReadonlyMap<string, SqlValue>): Verdict => {
    tried.add(textOf(row));
    const refusal = sink.insert(table.name, row) ?? (isEmpty() ? notKept : null);
    isHopeless &&= refusal !== null && isOfRowAlone(refusal);
    return refusal;
  };

  const nextRow = (rows: Iterable<readonly Option[]>): { options: readonly Option[]; refusal: Verdict } | null => {
    for (const options of rows) {
      if (tried.size >= attemptLimit) return null;
      const row = assemble(options);
      if (tried.has(textOf(row))) continue;
      const refusal = attempt(row);
      if (refusal === null || (!seen.has(refusal.message) && !isWrongInKind(refusal))) return { options, refusal };
    }
    return null;
  };

  let refusal = attempt(assemble(chosen));
  const searches = isAlone && refusal !== null && isOfRowAlone(refusal) ? hopelessSearches(table, slots) : null;
  const same = searches?.recall();
  if (same !== undefined) return same;
  while (refusal !== null && !refusal.ofAnyRow) {
    seen.add(refusal.message);
    for (const slot of slotsOfColumns(slots, blamedColumns(refusal, table))) blamed.add(slot);
    const next = nextRow(variations(slots, chosen, blamed));
    if (next === null) break;
    chosen = next.options;
    refusal = next.refusal;
  }
  const row = assemble(chosen);
  // Rows of another table may mend what an invariant says of this one.
  if (refusal?.code === 'INVARIANT') refusal = sink.insert(table.name, row, { lenient: true });
  const placement = { refusal, row };
  if (isHopeless) searches?.remember(placement);
  return placement;
}

const notKept: Refusal = {
  code: 'SQLITE_CONSTRAINT_TRIGGER',
  message: 'a trigger ignores the row or deletes it',
  ofAnyRow: false,
};

/** Whether a value was of the wrong kind, which SQLite finds before all else: such a row has come no further. */
function isWrongInKind({ code }: Refusal): boolean {
  return code === 'SQLITE_MISMATCH' || code === 'SQLITE_CONSTRAINT_DATATYPE' || code === 'SQLITE_CONSTRAINT_NOTNULL';
}

/** Tells rows apart; two options may make the same one. */
function textOf(row: ReadonlyMap<string, SqlValue>): string {
  return [...row].map(([column, value]) => `${column} ${typeof value} ${value}`).join('\n');
}

function slotsOfColumns(slots: readonly Slot[], columns: ReadonlySet<string>): Slot[] {
  return slots.filter(({ plain }) => plain.some(([column]) => columns.has(column)));
}

/** Rows that differ from `chosen` in one of the blamed slots, then in two, then in three; later slots change first. */
function* variations(
  slots: readonly Slot[],
  chosen: readonly Option[],
  blamed: ReadonlySet<Slot>,
): Generator<readonly Option[]> {
  const places = slots.flatMap((slot, place) => (blamed.has(slot) ? [{ place, options: slot.others() }] : []));
  places.reverse();
  for (let changes = 1; changes <= Math.min(changeLimit, places.length); changes++) {
    yield* changed(chosen, places, changes);
  }
}

interface OpenSlot {
  readonly place: number;
  readonly options: readonly Option[];
}

function* changed(row: readonly Option[], places: readonly OpenSlot[], changes: number): Generator<readonly Option[]> {
  if (changes === 0) {
    yield row;
    return;
  }
  for (const [i, { place, options }] of places.entries()) {
    for (const option of options) yield* changed(row.with(place, option), places.slice(i + 1), changes - 1);
  }
}
