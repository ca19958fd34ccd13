import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import { sameName } from '../../sql/quote.ts';
import { columnsNamed } from '../../sql/tables.ts';
import { isNullable, isOrdinarilyNull } from '../nulls.ts';
import { holds } from '../pointing-slots.ts';
import type { Reference } from '../reading/references.ts';
import type { RowPlan } from '../row-plan.ts';
import { draw, fraction, redraw, streamKey } from '../values/streams.ts';
import { keyOf } from './combinations.ts';
import { readParents, windowSize } from './parent-keys.ts';

/** Where row `index` points: a value for each column of the reference, or null where no parent is left. */
export type Pointer = (index: number, attempt: number, progress: number) => readonly SqlValue[] | null;

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
  const { table, seed } = plan;
  const columns = columnsNamed(table, reference.columns);
  const toItself = reference.parent.name === table.name;
  const end = endOf(plan, reference);
  let parents = readParents(reference, sink);
  const [sample] = parents.count > 0 ? [parents.at(0)] : [];
  if (sample === undefined || !holds(plan, columns, reference, sample)) return null;

  const key = streamKey(seed, table.name, ...reference.columns, 'parent');
  const nowhere = columns.map((column) => (isNullable(table, column) ? null : undefined));
  const mayBeNull = nowhere.includes(null);
  const isDemanded = plan.filledIn.some((demand) => columns.some(({ name }) => demand.columns.includes(name)));
  const isOptional = !isDemanded && columns.some((column) => isOrdinarilyNull(table, column, plan.facts(column.name)));
  const nullShare = !mayBeNull ? 0 : toItself ? rootShare : isOptional ? withoutShare : 0;
  const orNull = (values: readonly SqlValue[]): readonly SqlValue[] =>
    nowhere.map((none, i) => (none === null ? null : (values[i] ?? null)));

  return (index, attempt, progress) => {
    if (nullShare > 0 && draw(key, index) % 100 < nullShare) return orNull(sample);
    if (once) {
      if (index < parents.count) return parents.at(index);
      return mayBeNull ? orNull(sample) : null;
    }
    // A tree grows: each time it has doubled, later rows may point at the newer ones.
    if (toItself && index > 2 * parents.count) parents = readParents(reference, sink);
    const chance = fraction(redraw(key, index, attempt + 1));
    return end === null || parents.count < 2
      ? parents.pick(progress, chance)
      : parents.at(ends[end](index, parents.count, chance));
  };
}

/**
 * Where row `index` points, as its columns that other references have set already ask for; null where nothing agrees.
 */
export type Joiner = (index: number, attempt: number, set: readonly SqlValue[]) => readonly SqlValue[] | null;

/**
 * Makes the pointer of a reference that shares columns with others, as `(tenant_id, user_id)` and `(tenant_id,
 * project_id)` do: only a parent of the same tenant will do.
 * @param shared the places of those columns in the reference
 */
export function joinerFor({ plan, reference, sink }: Omit<PointerRequest, 'once'>, shared: readonly number[]): Joiner {
  const { table, seed } = plan;
  const { parent, parentColumns, columns } = reference;
  const isFree = columns.map(
    (name, i) =>
      !shared.includes(i) && table.columns.some((column) => sameName(column.name, name) && isNullable(table, column)),
  );
  const groups = new Map<string, (readonly SqlValue[])[]>();
  const present = sink.rows(parent.name, parentColumns, windowSize);
  for (const key of present) {
    const group = groups.get(keyOf(shared.map((i) => key[i] ?? null)));
    if (group === undefined) groups.set(keyOf(shared.map((i) => key[i] ?? null)), [key]);
    else group.push(key);
  }
  const key = streamKey(seed, table.name, ...columns, 'parent');
  const isRoot = (index: number): boolean => parent.name === table.name && draw(key, index) % 100 < rootShare;
  return (index, attempt, set) => {
    // A key with a NULL in it points nowhere: https://sqlite.org/foreignkeys.html#fk_composite
    if (set.includes(null) || (shared.length === columns.length && present.length === windowSize)) return asSet(set);
    const group = groups.get(keyOf(set));
    if (group !== undefined && !(isFree.includes(true) && isRoot(index))) {
      const chance = fraction(redraw(key, index, attempt + 1));
      return group[Math.floor(group.length * chance * chance)] ?? null;
    }
    return isFree.includes(true) ? asSet(set) : null;
  };

  function asSet(set: readonly SqlValue[]): readonly SqlValue[] {
    return columns.map((_, i) => (shared.includes(i) ? (set[shared.indexOf(i)] ?? null) : null));
  }
}

/**
 * Where the ends of a connection between rows of one parent stand. Each row is led to once, from one before it, so that
 * no way comes back to where it began: views that follow the ways would not come to an end.
 */
const ends: Readonly<Record<End, (index: number, count: number, chance: number) => number>> = {
  to: (index, count) => 1 + (index % (count - 1)),
  from: (index, count, chance) => Math.floor((1 + (index % (count - 1))) * chance * chance),
};

type End = 'from' | 'to';

/** Which end of a connection a reference is: the first or the second of those that point at one and the same table. */
function endOf({ references, table }: RowPlan, { parent, columns }: Reference): End | null {
  if (parent === table || columns.length > 1) return null;
  const rivals = references.filter((other) => other.parent === parent && other.columns.length === 1);
  // In the order of the columns: SQLite lists keys from the last to the first.
  const names = table.columns.map(({ name }) => name);
  const [first, second] = names.filter((name) => rivals.some((rival) => sameName(rival.columns[0] ?? '', name)));
  if (second === undefined) return null;
  return columns[0] === first ? 'from' : columns[0] === second ? 'to' : null;
}
