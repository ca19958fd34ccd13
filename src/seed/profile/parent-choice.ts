import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import { draw } from '../values/streams.ts';
import { apportion } from './apportion.ts';
import { type Child, familiesOf } from './families.ts';
import type { Order } from './orders.ts';
import type { Relation } from './relations.ts';

/** The keys that a reference can point at. */
export interface Keys {
  readonly count: number;
  /** The key at a place from 0 on. */
  readonly at: (place: number) => readonly SqlValue[];
  /** A missing key; each number gives another one. */
  readonly missing: (number: number) => readonly SqlValue[];
}

/** The rows of a table as they follow one reference. */
export interface ParentChoice {
  readonly columns: readonly string[];
  /** The child that the last row was, orphans behind all others; null where it points nowhere. */
  readonly child: () => Child | null;
  /** Where a row points; another attempt may point elsewhere. */
  readonly pick: (index: number, attempt: number) => readonly SqlValue[];
  /** How many parents have children, and how many rows point somewhere, orphans included. */
  readonly parents: number;
  readonly children: number;
  readonly most: number;
}

/** The reference that parents are chosen for. */
export interface ChoiceRequest {
  readonly relation: Relation;
  /** The columns of the child, in the order of the reference. */
  readonly columns: readonly Column[];
  readonly keys: Keys;
  readonly order: Order;
  readonly key: number;
  /** How many rows the profile is of, and how many there are to be. */
  readonly before: number;
  readonly rows: number;
  /** Whether it points at the table itself. */
  readonly toItself: boolean;
  /** Another choice that it must not pair with the same parents twice, if there is one. */
  readonly partner: ParentChoice | null;
}

/** How many rows point at a parent, and how many at none that is there. */
interface Shares {
  readonly children: number;
  readonly orphans: number;
  /** How many parents are missing. */
  readonly missing: number;
  /** Whether rows may point nowhere, and some do. */
  readonly optional: boolean;
}

/** Makes the choice of parents for a reference. */
export function parentChoice(request: ChoiceRequest): ParentChoice {
  const { relation, columns, keys, order, key, before, toItself, partner } = request;
  const shares = sharesOf(request);
  const { children, orphans, optional } = shares;
  const families = familiesOf({
    shape: relation.shape,
    before: Math.round(before * (1 - relation.shape.nulls)) - relation.shape.orphans,
    ...{ children, parents: keys.count, key, ordered: toItself, gathered: partner !== null },
  });
  const stride = partner === null ? 0 : strideOf(children + orphans, partner);
  const child: Child = { parent: 0, offset: 0, position: 0 };
  let isChild = false;
  let next = 0;
  return {
    columns: columns.map(({ name }) => name),
    ...{ parents: families.parents, children: children + orphans, most: families.most },
    child: () => (isChild ? child : null),
    pick: (index, attempt) => {
      const paired = pairedRank(partner, stride, children + orphans);
      const rank = paired ?? order(index);
      isChild = rank < children + orphans;
      if (rank < children) {
        if (attempt > 0) families.findNear(draw(key + attempt, index), child);
        else families.find(paired ?? next++, child);
        return keys.at(child.parent);
      }
      if (!isChild) return optional || !toItself ? nowhere(request, index) : keys.at(index);
      const place = findOrphan(rank - children, keys.count, shares, child);
      child.position = rank;
      return keys.missing(place + attempt * shares.missing);
    },
  };
}

function sharesOf({ relation: { shape }, columns, keys, before, rows }: ChoiceRequest): Shares {
  const optional = columns.some(({ notNull }) => !notNull);
  const orphanShare = before === 0 ? 0 : shape.orphans / before;
  const nulls = optional ? shape.nulls : 0;
  const pointing = keys.count > 0 ? Math.max(0, 1 - shape.nulls - orphanShare) : 0;
  const [children = 0, orphans = 0] = apportion(rows, [pointing, orphanShare, nulls]);
  const missing = Math.round((shape.missingParents * orphans) / Math.max(1, shape.orphans));
  return { children, orphans, missing: Math.max(1, Math.min(orphans, missing)), optional };
}

/** Children of one parent of the partner stand side by side there, and far from each other here. */
function pairedRank(partner: ParentChoice | null, stride: number, children: number): number | null {
  const other = partner?.child() ?? null;
  return other === null ? null : (other.position * stride) % children;
}

/** Finds an orphan into `child`; returns the number of its missing parent. */
function findOrphan(orphan: number, parents: number, { orphans, missing }: Shares, child: Child): number {
  const place = Math.floor((orphan * missing) / orphans);
  child.parent = parents + place;
  child.offset = orphan - Math.ceil((place * orphans) / missing);
  return place;
}

/** The columns of a row that points nowhere; some may have a value although the key as a whole points nowhere. */
function nowhere({ columns, keys, key }: ChoiceRequest, index: number): readonly SqlValue[] {
  const isHeld = keys.count > 0 && columns.some(({ notNull }) => notNull);
  const values = isHeld ? keys.at(draw(key, index) % keys.count) : [];
  return columns.map(({ notNull }, i) => (notNull ? (values[i] ?? null) : null));
}

/** As far apart as the children of one parent of the partner can be, and without meeting a place twice. */
function strideOf(children: number, { most }: ParentChoice): number {
  let stride = Math.max(1, Math.floor(children / Math.max(1, most)));
  while (commonDivisor(stride, children) > 1) stride += 1;
  return stride;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
