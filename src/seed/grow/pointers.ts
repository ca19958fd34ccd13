import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import { pointingOf } from '../pointing.ts';
import type { Reference } from '../reading/references.ts';
import type { RowPlan } from '../row-plan.ts';
import { keyOf } from '../to-come.ts';
import { draw, fraction, redraw, streamKey } from '../values/streams.ts';
import { readParents, windowSize } from './parent-keys.ts';

/**
 * Where row `index` points: a value for each column of the reference, or null where no parent is left.
 * @param set the values of the columns that other references have set already
 */
export type Pointer = (
  index: number,
  attempt: number,
  progress: number,
  set: readonly SqlValue[],
) => readonly SqlValue[] | null;

/** How the rows of a table follow one of its references. */
export interface PointerRequest {
  readonly plan: RowPlan;
  readonly reference: Reference;
  readonly sink: RowSink;
  /** Whether each parent has one child at most. */
  readonly once: boolean;
}

/** Of a hundred rows of a tree, those that are roots; of a hundred with an optional end or claim, those without it. */
const rootShare = 30;
const withoutShare = 75;

/** Makes the pointer of a reference, or null where it has no parent that its columns could hold. */
export function pointerFor({ plan, reference, sink, once }: PointerRequest): Pointer | null {
  const { table, seed, filledIn } = plan;
  const { columns, nullable, isToItself, isOrdinarilyNull, rank, ranks, holds } = pointingOf(plan, reference);
  let parents = readParents(reference, sink);
  const sample = parents.at(0);
  if (parents.count === 0 || !holds(sample)) return null;

  const key = streamKey(seed, table.name, ...reference.columns, 'parent');
  const nowhere = nullable.map((isNull, i) => (isNull ? null : (sample[i] ?? null)));
  const isDemanded = filledIn.some((demand) => columns.some(({ name }) => demand.columns.includes(name)));
  const optionalShare = isOrdinarilyNull && !isDemanded ? withoutShare : 0;
  const nullShare = !nullable.includes(true) ? 0 : isToItself ? rootShare : optionalShare;
  const end = ranks > 1 && !isToItself ? ends[rank] : undefined;

  return (index, attempt, progress) => {
    if (nullShare > 0 && draw(key, index) % 100 < nullShare) return nowhere;
    if (once) return index < parents.count ? parents.at(index) : nullable.includes(true) ? nowhere : null;
    // A tree grows: each time it has doubled, later rows may point at the newer ones.
    if (isToItself && index > 2 * parents.count) parents = readParents(reference, sink);
    const chance = fraction(redraw(key, index, attempt + 1));
    return end === undefined || parents.count < 2
      ? parents.pick(progress, chance)
      : parents.at(end(index + attempt, parents.count, chance));
  };
}

/**
 * Makes the pointer of a reference that shares columns with others, as `(tenant_id, user_id)` and `(tenant_id,
 * project_id)` do: only a parent of the same tenant will do.
 * @param shared the places of those columns in the reference
 */
export function joinerFor({ plan, reference, sink }: Omit<PointerRequest, 'once'>, shared: readonly number[]): Pointer {
  const { columns, parent, parentColumns } = reference;
  const { nullable, isToItself } = pointingOf(plan, reference);
  const isFree = nullable.some((isNull, i) => isNull && !shared.includes(i));
  const present = sink.rows(parent.name, parentColumns, windowSize);
  const groups = Map.groupBy(present, (key) => keyOf(shared.map((i) => key[i] ?? null)));
  const key = streamKey(plan.seed, plan.table.name, ...columns, 'parent');
  const asSet = (set: readonly SqlValue[]): readonly SqlValue[] =>
    columns.map((_, i) => (shared.includes(i) ? (set[shared.indexOf(i)] ?? null) : null));
  return (index, attempt, _progress, set) => {
    // A key with a NULL in it points nowhere: https://sqlite.org/foreignkeys.html#fk_composite
    if (set.includes(null) || (shared.length === columns.length && present.length === windowSize)) return asSet(set);
    const group = groups.get(keyOf(set));
    const isRoot = isFree && isToItself && draw(key, index) % 100 < rootShare;
    if (group === undefined || isRoot) return isFree ? asSet(set) : null;
    const chance = fraction(redraw(key, index, attempt + 1));
    return group[Math.floor(group.length * chance * chance)] ?? null;
  };
}

/**
 * Where the first and the second end of a connection between rows of one parent stand. Each row is led to once, from one
 * before it, so that no way comes back to where it began: views that follow the ways would not come to an end.
 */
const ends: readonly ((index: number, count: number, chance: number) => number)[] = [
  (index, count, chance) => Math.floor((1 + (index % (count - 1))) * chance * chance),
  (index, count) => 1 + (index % (count - 1)),
];
