import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Reference } from '../reading/references.ts';

/** Rows of a parent that are held in memory at a time: memory does not grow with the rows of a table. */
export const windowSize = 4_096;

/** The keys of a table that a reference can point at, in the order of its rows. */
export interface Parents {
  /** How many there are. */
  readonly count: number;
  /** The key at a place from 0 to `count` - 1. Places near the last ones asked for are cheap. */
  readonly at: (place: number) => readonly SqlValue[];
  /**
   * A key for a child row: `progress`, from 0 to below 1, is how far the children have come, and `chance` is a random
   * number in the same range. The first parents of each window get many children and the last ones few or none, as in
   * life.
   */
  readonly pick: (progress: number, chance: number) => readonly SqlValue[];
}

/** The present parents of a reference; none if its table is empty. */
export function readParents({ parent, parentColumns }: Reference, sink: RowSink): Parents {
  const count = sink.count(parent.name, parentColumns);
  // Two of them: rows may point at parents on both sides of a border.
  const open = new Map<number, readonly (readonly SqlValue[])[]>();
  const windowFrom = (from: number): readonly (readonly SqlValue[])[] => {
    const known = open.get(from);
    if (known !== undefined) return known;
    const [oldest, newest] = open.keys();
    if (oldest !== undefined && newest !== undefined) open.delete(oldest);
    const keys = sink.rows(parent.name, parentColumns, windowSize, from);
    open.set(from, keys);
    return keys;
  };
  const windows = Math.ceil(count / windowSize);
  return {
    count,
    at: (place) => windowFrom(place - (place % windowSize))[place % windowSize] ?? [],
    pick: (progress, chance) => {
      const window = windowFrom(Math.floor(progress * windows) * windowSize);
      return window[Math.floor(window.length * chance * chance)] ?? [];
    },
  };
}
