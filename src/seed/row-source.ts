import type { SqlValue } from '../model/connection.ts';

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
