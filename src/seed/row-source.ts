import type { SqlValue } from '../model/connection.ts';
import type { Refusal } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { blamedColumns, isDuplicate } from './refusal.ts';
import { type Draws, isDrawnAgain, repeatDraws } from './search.ts';

/** A draw of a row. */
export interface Draw {
  readonly index: number;
  /** 0 at first, and more for a row that was refused. */
  readonly attempt: number;
  /** The columns that the refusal is about; null at first. */
  readonly blamed: ReadonlySet<string> | null;
  /** The share of the table that is done, from 0 to below 1. */
  readonly progress: number;
}

/**
 * The result of a draw: a repeated row equals one before in columns that a plain row does not repeat; one that is refused later
 * does so in a key that a migration to come makes.
 */
export type Drawn = 'new' | 'repeated' | 'refused-later' | 'none-left';

/** Makes the rows of a table, one after another. */
export interface RowSource {
  /** The columns that a row gives; SQLite fills the others. */
  readonly columns: readonly string[];
  /** Writes a row into `values`, in the order of the columns. */
  readonly write: (draw: Draw, values: SqlValue[]) => Drawn;
  /** Gives the columns that a refusal is about the values that SQLite took before; left out without such values. */
  readonly settle?: (blamed: ReadonlySet<string>, values: SqlValue[]) => void;
}

/**
 * Draws row `index`, again while it repeats another; the last draw is taken as it comes, unless a migration to come refuses it.
 */
export function drawRow({ write }: RowSource, index: number, progress: number, values: SqlValue[]): Drawn {
  let drawn = write({ index, attempt: 0, blamed: null, progress }, values);
  for (let attempt = 1; (drawn === 'repeated' || drawn === 'refused-later') && attempt < repeatDraws; attempt++)
    drawn = write({ index, attempt, blamed: null, progress }, values);
  return drawn;
}

/** A row that was drawn. The columns that a refusal is about are drawn again, and settled in the end. */
export function* drawnRows(
  { write, settle }: RowSource,
  table: Table,
  { index, progress }: Pick<Draw, 'index' | 'progress'>,
  row: SqlValue[],
): Draws<SqlValue[]> {
  let refusal = yield row;
  for (let attempt = 1; isDrawnAgain(refusal, attempt); attempt++) {
    const drawn = write({ index, attempt, blamed: blamedColumns(refusal, table), progress }, row);
    if (drawn === 'none-left') return { row, refusal: refusals[drawn] };
    if (drawn === 'new') refusal = yield row;
  }
  if (isDuplicate(refusal) || settle === undefined) return { row, refusal };
  settle(blamedColumns(refusal, table), row);
  return { row, refusal: yield row };
}

/** The refusals of rows that are not tried: nothing is left to point at, or a migration to come refuses them. */
export const refusals: Readonly<Record<Exclude<Drawn, 'new' | 'repeated'>, Refusal>> = {
  'none-left': {
    code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    message: 'every row that it could point at is taken',
    ofAnyRow: false,
  },
  'refused-later': {
    code: 'SQLITE_CONSTRAINT_UNIQUE',
    message: 'a migration to come makes a key of columns that have no further combination',
    ofAnyRow: false,
  },
};

/** Whether a row is refused before it is tried. */
export function isRefused(drawn: Drawn): drawn is keyof typeof refusals {
  return drawn === 'none-left' || drawn === 'refused-later';
}
