import type { Bar } from '../../model/histogram.ts';

/** Groups of rows that hold the same value: `count` groups with `size` rows each. */
export interface Run {
  readonly size: number;
  readonly count: number;
}

/** Groups by their size as a profile knows them. */
export interface Histogram {
  readonly bars: readonly Bar[];
  /** The size of the largest group, or somewhat more; null where it is not known. */
  readonly largest: number | null;
  /** The rows of all groups. */
  readonly rows: number;
}

/** Groups of a bar: whole numbers of groups and rows once they are scaled. */
interface ScaledBar {
  readonly from: number;
  readonly to: number;
  count: number;
  rows: number;
}

/**
 * Groups like those of a histogram for another number of rows, the largest first. The rows of each bar keep their share.
 * @param total how many rows there are to be
 * @param growth by how much the number of groups of a size changes; the rest of the change goes to their size.
 */
export function scaledRuns(histogram: Histogram, total: number, growth: (size: number) => number): Run[] {
  const scaled = estimateRows(histogram);
  const before = sum(scaled);
  if (total <= 0 || before === 0) return total > 0 ? [{ size: 1, count: total }] : [];
  for (const group of scaled) {
    const least = Math.min(group.from, 2);
    const rows = (group.rows * total) / before;
    const wanted = group.to === 1 ? rows : group.count * growth(group.rows / group.count);
    // A bar that begins with single rows holds a larger group too.
    const larger = least < Math.min(group.to, 2) ? 1 : 0;
    group.count = Math.max(1, Math.min(Math.round(wanted), Math.floor(rows / least) - larger));
    group.rows = Math.max(Math.round(rows), least * group.count);
    if (group.to === 1) group.count = group.rows;
  }
  balance(scaled, total);
  return scaled.flatMap(toRuns).sort((a, b) => b.size - a.size);
}

/** `rows` rows in `groups` groups of about the same size. */
export function evenRuns(rows: number, groups: number): Run[] {
  return toRuns({ from: 1, to: rows, rows, count: Math.max(1, Math.min(rows, groups)) });
}

/** How many rows the groups of each bar have, between what they have at least and at most. */
function estimateRows({ bars, largest, rows }: Histogram): ScaledBar[] {
  const scaled = bars.filter(({ to }) => to > 0).map((bar): ScaledBar => ({ ...bar, rows: 0 }));
  const top = scaled.at(-1);
  if (top !== undefined && largest !== null && top.from > 1 && top.from < top.to) {
    top.count -= 1;
    const others = scaled.reduce((all, { from, count }) => all + from * count, 0);
    const size = Math.max(top.from, Math.min(largest, top.to, rows - others));
    scaled.push({ from: size, to: size, count: 1, rows: 0 });
    scaled.splice(-2, 1, { ...top, to: Math.max(top.from, size) });
  }
  const least = scaled.reduce((all, { from, count }) => all + from * count, 0);
  const most = scaled.reduce((all, { to, count }) => all + to * count, 0);
  const share = most > least ? Math.max(0, Math.min(1, (rows - least) / (most - least))) : 0;
  for (const group of scaled) group.rows = (group.from + share * (group.to - group.from)) * group.count;
  return scaled.filter(({ count }) => count > 0);
}

/** Makes the rows of all groups `total`: the bars with most rows give way. */
function balance(scaled: ScaledBar[], total: number): void {
  for (const group of scaled.toSorted((a, b) => b.rows - a.rows)) {
    const isSingle = group.to === 1;
    group.rows = Math.max(isSingle ? 0 : group.count, group.rows + total - sum(scaled));
    if (isSingle) group.count = group.rows;
  }
}

function sum(scaled: readonly ScaledBar[]): number {
  return scaled.reduce((all, { rows }) => all + rows, 0);
}

function toRuns({ rows, count }: ScaledBar): Run[] {
  if (count === 0) return [];
  const size = Math.floor(rows / count);
  const larger = rows - size * count;
  return [
    { size: size + 1, count: larger },
    { size, count: count - larger },
  ].filter((run) => run.count > 0 && run.size > 0);
}

/** Rows that groups are dealt to, with so many different values at most. */
export interface Room {
  readonly rows: number;
  readonly capacity: number;
}

/**
 * Deals groups out, so that each room gets its rows: the closest first, then the largest. Groups are cut where they do
 * not come out even.
 * @returns the groups of each room, in the order of the rooms.
 */
export function dealRuns(runs: readonly Run[], rooms: readonly Room[]): Run[][] {
  const order = rooms
    .map((room, i) => ({ ...room, i }))
    .sort((a, b) => Number(b.capacity < b.rows) - Number(a.capacity < a.rows) || b.rows - a.rows);
  let pool = [...runs];
  const dealt = new Map<number, Run[]>();
  for (const { i, rows, capacity } of order) {
    const { taken, left } = take(pool, rows, capacity);
    pool = left;
    dealt.set(i, taken);
  }
  return rooms.map((_, i) => dealt.get(i) ?? []);
}

/** Takes groups of `rows` rows in all out of a pool, the largest first; and one more for those that are left. */
function take(pool: readonly Run[], rows: number, capacity: number): { taken: Run[]; left: Run[] } {
  const taken: Run[] = [];
  const left: Run[] = [];
  let [missing, groups] = [rows, 0];
  for (const { size, count } of pool) {
    const fits = Math.max(0, Math.min(count, Math.floor(missing / size), capacity - groups));
    if (fits > 0) taken.push({ size, count: fits });
    if (count > fits) left.push({ size, count: count - fits });
    missing -= fits * size;
    groups += fits;
  }
  if (missing === 0) return { taken, left };
  const rest = { size: missing, count: 1 };
  return { taken: groups < capacity ? [...taken, rest] : evenRuns(rows, capacity), left };
}
