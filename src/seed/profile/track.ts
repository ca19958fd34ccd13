import type { SqlValue } from '../../model/connection.ts';
import { draw, streamKey } from '../values/streams.ts';
import type { Following } from './followings.ts';
import { isUniqueAlone, type TableShape } from './table-shape.ts';

/** Where a row stands among those of its value. */
export interface RowStanding {
  /** How many rows of other values stand before them. */
  readonly start: number;
  /** How many rows of its value stand before it. */
  readonly offset: number;
}

/** Cells that are written together, by the index of the row. */
export interface Cells {
  readonly columns: readonly string[];
  /** Writes them into a row, each at its place. Another attempt gives other values, for a row that SQLite refused. */
  readonly write: (index: number, attempt: number, row: SqlValue[], places: readonly number[]) => void;
}

/** The rows of a table by the values of a column, or by the parents that a reference points at. */
export interface Track extends Cells {
  /** How many rows hold a value or point somewhere. */
  readonly rows: number;
  /** How many different values there are. */
  readonly groups: number;
  /** Where a row stands that SQLite takes at once; null where it holds no value. */
  readonly standing: (index: number) => RowStanding | null;
}

/** The rows by the values of a column: in an order of their own, or as the column follows another track. */
export function columnTrack(shape: TableShape, name: string, following: () => Following | undefined): Track | null {
  const { plan, layouts, orders, rows } = shape;
  const [layout, order] = [layouts.get(name), orders.get(name)];
  if (layout === undefined || order === undefined) return null;
  const key = streamKey(plan.seed, plan.table.name, name, 'again');
  const isUnique = isUniqueAlone(shape.table, name);
  const rankOf = (index: number): number => {
    const own = order(index);
    const followed = own < layout.rows ? following() : undefined;
    const group = followed?.leader.standing(index);
    if (followed === undefined || group === undefined || group === null) return own;
    if (followed.manner === 'distinct-within') return layout.startOf(layout.bySize(group.offset % layout.groups));
    // Rows side by side there are side by side here: groups of equal size are filled one after the other.
    return Math.floor((group.start * layout.rows) / followed.leader.rows);
  };
  const valueAtRank = (rank: number): SqlValue => (rank < layout.rows ? layout.valueAt(layout.groupAt(rank)) : null);
  return {
    ...{ columns: [name], rows: layout.rows, groups: layout.groups },
    standing: (index) => {
      const rank = rankOf(index);
      if (rank >= layout.rows) return null;
      const start = layout.startOf(layout.groupAt(rank));
      return { start, offset: rank - start };
    },
    write: (index, attempt, row, [place = 0]) => {
      if (attempt > 0 && isUnique && order(index) < layout.rows) row[place] = layout.freshValue(index * 64 + attempt);
      else row[place] = valueAtRank(attempt === 0 ? rankOf(index) : draw(key + attempt, index) % rows);
    },
  };
}
