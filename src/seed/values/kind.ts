import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import type { Content } from './affinity.ts';
import type { PairOrder, Series } from './series.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The column that values are made for. */
export interface KindRequest {
  readonly column: Column;
  /** The words of the column's name, joined by `_`. */
  readonly name: string;
  /** The words of the table's name. */
  readonly table: readonly string[];
  /** The declared type. */
  readonly type: string;
  /** The key of the column's stream. */
  readonly key: number;
  /** The key of the table's rows. */
  readonly rows: number;
  readonly order: PairOrder;
  readonly vocabulary: Vocabulary;
  /** The names of the columns of timestamps before it. */
  readonly earlier: () => readonly string[];
  /** Its whole numbers beside those of other columns. */
  readonly beside: () => Series<number> | undefined;
}

/** A kind of plain values: the columns that hold it, and its values row by row. */
export interface ValueKind {
  /** The columns that hold it by their names, words joined by `_`; null where the declared type tells. */
  readonly names: RegExp | null;
  /** The columns that hold it by their defaults. */
  readonly defaults?: RegExp;
  /** The contents that its columns are declared for. */
  readonly contents: readonly Content[];
  /** Whether name and type tell it; else it is a guess. */
  readonly evident: boolean;
  /** How the numbers of a column of that name go on, if they differ from those of other columns. */
  readonly progression?: (name: string) => Progression | null;
  readonly series: (request: KindRequest) => Series<SqlValue>;
}

/** How the numbers of a kind go on from row to row. */
export type Progression =
  /** 1, 2, 3 … */
  | { readonly kind: 'counted' }
  /** From `min` to `max`, both included, and again. */
  | { readonly kind: 'within'; readonly min: number; readonly max: number }
  /** 2^`bits` numbers from `min` on in no order, then the next as many: no two rows have the same. */
  | { readonly kind: 'spread'; readonly min: number; readonly bits: number };
