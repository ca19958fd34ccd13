import type { SqlValue } from '../model/connection.ts';
import type { Refusal, Verdict } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { blamedColumns } from './refusal.ts';

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

/** Draws for one row while it is only a duplicate, and while SQLite refuses it for another reason. */
const duplicateDraws = 24;
const otherDraws = 3;

/** Draws row `index`, again while it repeats another; the last draw is taken as it comes. */
export function drawRow({ write }: RowSource, index: number, progress: number, values: SqlValue[]): Drawn {
  let drawn = write({ index, attempt: 0, blamed: null, progress }, values);
  for (let attempt = 1; drawn === 'repeated' && attempt < duplicateDraws; attempt++)
    drawn = write({ index, attempt, blamed: null, progress }, values);
  return drawn;
}

/**
 * Inserts a row that was drawn. The columns that a refusal is about are drawn again, and settled in the end.
 * @returns the last refusal, or null
 */
export function insertDrawn(
  { write, settle }: RowSource,
  table: Table,
  { index, progress }: Pick<Draw, 'index' | 'progress'>,
  values: SqlValue[],
  load: () => Verdict,
): Verdict {
  let refusal = load();
  for (let attempt = 1; refusal !== null && !refusal.ofAnyRow; attempt++) {
    if (attempt >= (isDuplicate(refusal) ? duplicateDraws : otherDraws)) break;
    const drawn = write({ index, attempt, blamed: blamedColumns(refusal, table), progress }, values);
    if (drawn === 'none-left') return noneLeft;
    if (drawn === 'new') refusal = load();
  }
  if (refusal === null || refusal.ofAnyRow || isDuplicate(refusal) || settle === undefined) return refusal;
  settle(blamedColumns(refusal, table), values);
  return load();
}

/** The refusal of a row that has nothing left to point at. */
export const noneLeft: Refusal = {
  code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  message: 'every row that it could point at is taken',
  ofAnyRow: false,
};

/** Whether a row is refused as a duplicate. https://sqlite.org/rescode.html#constraint_unique */
export function isDuplicate({ code }: Refusal): boolean {
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}
