import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import { includesName } from '../../sql/quote.ts';
import { columnsNamed } from '../../sql/tables.ts';
import type { Parents } from '../grow/parent-keys.ts';
import { draw, streamKey } from '../values/streams.ts';
import { apportion } from './apportion.ts';
import { blockSize, type Child, familiesOf } from './families.ts';
import type { Order } from './orders.ts';
import type { Relation } from './relations.ts';
import type { TableShape } from './table-shape.ts';
import type { Track } from './track.ts';

/** The keys that a reference can point at. */
export interface ParentKeys extends Pick<Parents, 'count' | 'at'> {
  /** A missing key; each number gives another one. */
  readonly missing: (number: number) => readonly SqlValue[];
}

/** The rows by the parents that a reference points at, those of missing parents behind all others. */
export interface Link extends Track {
  /** The children of the parent that has most. */
  readonly most: number;
}

/** Links a table's rows to their parents, by each of its references. @param keysOf the keys that one can point at */
export function linksOf(shape: TableShape, keysOf: (relation: Relation) => ParentKeys): Link[] {
  const links: Link[] = [];
  for (const relation of shape.relations) {
    const keys = keysOf(relation);
    const partner = keys.count > blockSize ? null : partnerOf(shape, relation, links);
    links.push(linkOf(shape, relation, keys, partner));
  }
  return links;
}

/** The first link in a unique index of links alone: it must not pair with the same parents twice. */
function partnerOf({ table, relations }: TableShape, relation: Relation, links: readonly Link[]): Link | null {
  for (const { unique, columns } of table.indexes) {
    const names = columns.filter((column) => column !== null);
    const inside = relations.filter(({ reference }) => reference.columns.every((each) => includesName(names, each)));
    const isCovered = names.every((name) => inside.some(({ reference }) => includesName(reference.columns, name)));
    const [first, second] = inside;
    if (unique && isCovered && first !== undefined && second === relation)
      return links[relations.indexOf(first)] ?? null;
  }
  return null;
}

function linkOf(shape: TableShape, { reference, shape: told }: Relation, keys: ParentKeys, partner: Link | null): Link {
  const { table, plan, orders, profile, rows } = shape;
  const columns = columnsNamed(table, reference.columns);
  const key = streamKey(plan.seed, table.name, ...reference.columns, 'children');
  const isTree = reference.parent.name === table.name;
  const { children, orphans, missing, optional } = sharesOf(told, columns, keys, profile.rows, rows);
  const families = familiesOf({
    ...{ shape: told, before: Math.round(profile.rows * (1 - told.nulls)) - told.orphans },
    ...{ children, parents: keys.count, key, manner: isTree ? 'tree' : partner === null ? 'scattered' : 'gathered' },
  });
  const order = orders.get(reference.columns[0] ?? '') ?? ((index) => index);
  const rankOf = partner === null ? order : pairedRanks(order, partner, children + orphans);
  const numberOf = partner === null ? countBelow(order, children, rows) : rankOf;
  const childOf = (index: number, attempt: number): Child | null => {
    const rank = rankOf(index);
    if (rank < children) {
      const number = numberOf(index);
      return attempt === 0 ? families.child(number) : families.childNear(number, draw(key + attempt, index));
    }
    if (rank >= children + orphans) return null;
    const parent = Math.floor(((rank - children) * missing) / orphans);
    const start = children + Math.ceil((parent * orphans) / missing);
    return { parent: keys.count + parent, start, offset: rank - start };
  };
  const keyOf = (child: Child | null, index: number, attempt: number): readonly SqlValue[] => {
    if (child === null) return optional || !isTree ? nowhere(columns, keys, draw(key, index)) : keys.at(index);
    const beyond = child.parent - keys.count;
    return beyond < 0 ? keys.at(child.parent) : keys.missing(beyond + attempt * missing);
  };
  return {
    ...{ columns: reference.columns, rows: children + orphans, groups: families.parents, most: families.most },
    standing: (index) => childOf(index, 0),
    write: (index, attempt, row, places) => {
      const values = keyOf(childOf(index, attempt), index, attempt);
      for (let n = 0; n < places.length; n++) row[places[n] ?? 0] = values[n] ?? null;
    },
  };
}

/** How many rows point at a parent, how many at none that is there, and how many of these there are. */
function sharesOf(
  { nulls, orphans: orphaned, missingParents }: Relation['shape'],
  columns: readonly Column[],
  keys: ParentKeys,
  before: number,
  rows: number,
): { children: number; orphans: number; missing: number; optional: boolean } {
  const optional = columns.some(({ notNull }) => !notNull);
  const orphanShare = before === 0 ? 0 : orphaned / before;
  const pointing = keys.count > 0 ? Math.max(0, 1 - nulls - orphanShare) : 0;
  const [children = 0, orphans = 0] = apportion(rows, [pointing, orphanShare, optional ? nulls : 0]);
  const missing = Math.round((missingParents * orphans) / Math.max(1, orphaned));
  return { children, orphans, missing: Math.max(1, Math.min(orphans, missing)), optional };
}

/**
 * How many rows before one have a rank below a limit, out of `rows` in all. It is counted on from the row that was
 * asked for last.
 */
function countBelow(order: Order, limit: number, rows: number): (index: number) => number {
  if (limit >= rows) return (index) => index;
  let [row, count] = [0, 0];
  return (index) => {
    if (index < row) [row, count] = [0, 0];
    for (; row < index; row++) if (order(row) < limit) count += 1;
    return count;
  };
}

/** Children of one parent of the partner stand side by side there, and far from each other here. */
function pairedRanks(order: Order, partner: Link, rows: number): Order {
  // As far apart as can be, and without meeting a place twice.
  let stride = Math.max(1, Math.floor(rows / Math.max(1, partner.most)));
  while (commonDivisor(stride, rows) > 1) stride += 1;
  return (index) => {
    const other = partner.standing(index);
    return other === null || rows === 0 ? order(index) : ((other.start + other.offset) * stride) % rows;
  };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The columns of a row that points nowhere; some may have a value although the key as a whole points nowhere. */
function nowhere(columns: readonly Column[], keys: ParentKeys, random: number): readonly SqlValue[] {
  const isHeld = keys.count > 0 && columns.some(({ notNull }) => notNull);
  const values = isHeld ? keys.at(random % keys.count) : [];
  return columns.map(({ notNull }, i) => (notNull ? (values[i] ?? null) : null));
}
