import type { SqlValue } from '../../model/connection.ts';
import { draw, streamKey } from '../values/streams.ts';
import type { Layout } from './layout.ts';
import type { Following } from './lists.ts';
import type { TableShape } from './table-shape.ts';

/** A column with a layout. */
export interface CellRequest {
  readonly name: string;
  readonly shape: TableShape;
  readonly following: Following | null;
  readonly unique: boolean;
  /** The ranks that columns of the row have. */
  readonly ranks: Map<string, number>;
}

/** The value of a column in row `index`. Another `attempt` gives another one. */
export type LedCell = (index: number, attempt: number) => SqlValue;

/** Makes the cells of a column in the order of its layout, or as it follows another column. */
export function ledCells({ name, shape, following, unique, ranks }: CellRequest): LedCell {
  const { plan, layouts, orders, rows } = shape;
  const layout = layouts.get(name);
  const order = orders.get(name) ?? ((index) => index);
  const key = streamKey(plan.seed, plan.table.name, name, 'again');
  if (layout === undefined) return () => null;
  const ofRank = (rank: number): SqlValue => {
    ranks.set(name, rank);
    return rank < layout.rows ? layout.valueAt(layout.groupAt(rank)) : null;
  };
  return (index, attempt) => {
    const own = order(index);
    if (attempt > 0) {
      return unique && own < layout.rows
        ? layout.freshValue(index * 64 + attempt)
        : ofRank(draw(key + attempt, index) % rows);
    }
    const leader = following === null ? null : leaderGroup(following, layouts, ranks);
    if (leader === null || following === null || own >= layout.rows) return ofRank(own);
    if (following.manner === 'distinct-within')
      return ofRank(layout.startOf(layout.bySize(leader.offset % layout.groups)));
    // Rows side by side there are side by side here: groups of equal size are filled one after the other.
    return ofRank(Math.floor((leader.start * layout.rows) / leader.rows));
  };
}

/** The group of the leader that a row is in. */
interface LeaderGroup {
  /** How many rows of the group stand before this one, and how many rows of all groups before the group. */
  readonly offset: number;
  readonly start: number;
  /** The rows of all groups. */
  readonly rows: number;
}

function leaderGroup(
  { leader }: Following,
  layouts: ReadonlyMap<string, Layout>,
  ranks: ReadonlyMap<string, number>,
): LeaderGroup | null {
  if (leader.kind === 'link') {
    const child = leader.link.child();
    if (child === null) return null;
    const { offset, position } = child;
    return { offset, start: position - offset, rows: leader.link.children };
  }
  const layout = layouts.get(leader.column);
  const rank = ranks.get(leader.column);
  if (layout === undefined || rank === undefined || rank >= layout.rows) return null;
  const group = layout.groupAt(rank);
  const start = layout.startOf(group);
  return { offset: rank - start, start, rows: layout.rows };
}
