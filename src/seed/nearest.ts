import type { SqlValue } from '../model/connection.ts';
import type { Refusal } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { blamedColumns } from './refusal.ts';
import type { Draws } from './search.ts';
import { assemble, type Option, type Slot } from './slots.ts';

/** How many rows are tried on one table. */
const attemptLimit = 400;

/** How many slots differ from the plain row at most, so that a row that is taken stays as plain as it can. */
const changeLimit = 3;

/** A row by column name; a column that is missing is left to SQLite. */
export type NamedRow = ReadonlyMap<string, SqlValue>;

/** The options of a row that was refused. */
interface RefusedOptions {
  readonly options: readonly Option[];
  readonly refusal: Refusal;
}

/** The tries of one search. */
interface Tried {
  /** The texts of the rows that were tried, and the messages against those that came furthest. */
  readonly rows: Set<string>;
  readonly messages: Set<string>;
}

/**
 * The plain row of `table`, and then the rows nearest to it, changing what refusals are about. A row that is refused for
 * a new reason has come further, and the search goes on from there.
 */
export function* nearestRows(table: Table, slots: readonly Slot[]): Draws<NamedRow> {
  const plain = slots.map((slot) => slot.plain);
  const tried: Tried = { rows: new Set([textOf(assemble(plain))]), messages: new Set() };
  const blamed = new Set<Slot>();
  let refused: RefusedOptions = { options: plain, refusal: yield assemble(plain) };
  for (;;) {
    tried.messages.add(refused.refusal.message);
    for (const slot of slotsOfColumns(slots, blamedColumns(refused.refusal, table))) blamed.add(slot);
    const further = yield* furtherAmong(variations(slots, refused.options, blamed), tried);
    if (further === null) return { row: assemble(refused.options), refusal: refused.refusal };
    refused = further;
  }
}

/** Tries rows until one is refused for a reason that is new; null where none is. */
function* furtherAmong(
  rows: Iterable<readonly Option[]>,
  tried: Tried,
): Generator<NamedRow, RefusedOptions | null, Refusal> {
  for (const options of rows) {
    if (tried.rows.size >= attemptLimit) return null;
    const row = assemble(options);
    const text = textOf(row);
    if (tried.rows.has(text)) continue;
    tried.rows.add(text);
    const refusal = yield row;
    if (!tried.messages.has(refusal.message) && !isWrongInKind(refusal)) return { options, refusal };
  }
  return null;
}

/** Whether a value was of the wrong kind, which SQLite finds before all else: such a row has come no further. */
function isWrongInKind({ code }: Refusal): boolean {
  return code === 'SQLITE_MISMATCH' || code === 'SQLITE_CONSTRAINT_DATATYPE' || code === 'SQLITE_CONSTRAINT_NOTNULL';
}

/** Tells rows apart; two options may make the same one. */
function textOf(row: NamedRow): string {
  return [...row].map(([column, value]) => `${column} ${typeof value} ${value}`).join('\n');
}

function slotsOfColumns(slots: readonly Slot[], columns: ReadonlySet<string>): Slot[] {
  return slots.filter(({ plain }) => plain.some(([column]) => columns.has(column)));
}

interface OpenSlot {
  readonly place: number;
  readonly options: readonly Option[];
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

function* changed(row: readonly Option[], places: readonly OpenSlot[], changes: number): Generator<readonly Option[]> {
  if (changes === 0) {
    yield row;
    return;
  }
  for (const [i, { place, options }] of places.entries()) {
    for (const option of options) yield* changed(row.with(place, option), places.slice(i + 1), changes - 1);
  }
}
