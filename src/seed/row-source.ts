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

/** The result of a draw: a repeated row equals one before in columns that a plain row does not repeat. */
export type Drawn = 'new' | 'repeated' | 'none-left';

/** Makes the rows of a table, one after another. */
export interface RowSource {
  /** The columns that a row gives; SQLite fills the others. */
  readonly columns: readonly string[];
  /** Writes a row into `values`, in the order of the columns. */
  readonly write: (draw: Draw, values: SqlValue[]) => Drawn;
  /** Gives the columns that a refusal is about the values that SQLite took before; left out without such values. */
  readonly settle?: (blamed: ReadonlySet<string>, values: SqlValue[]) => void;
}

/** Draws row `index`, again while it repeats another; the last draw is taken as it comes. */
export function drawRow({ write }: RowSource, index: number, progress: number, values: SqlValue[]): Drawn {
  let drawn = write({ index, attempt: 0, blamed: null, progress }, values);
  for (let attempt = 1; drawn === 'repeated' && attempt < repeatDraws; attempt++)
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
    if (drawn === 'none-left') return { row, refusal: noneLeft };
    if (drawn === 'new') refusal = yield row;
  }
  if (isDuplicate(refusal) || settle === undefined) return { row, refusal };
  settle(blamedColumns(refusal, table), row);
  return { row, refusal: yield row };
}

/** The refusal of a row that has nothing left to point at. */
export const noneLeft: Refusal = {
  code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  message: 'every row that it could point at is taken',
  ofAnyRow: false,
};
