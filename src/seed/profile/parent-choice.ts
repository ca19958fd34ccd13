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
  /** A key that is not there; each number gives another one. */
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

/** What a link is made from. */
export interface LinkRequest {
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
  /** Another link that it must not pair with the same parents twice, if there is one. */
  readonly partner: ParentChoice | null;
}

/** Makes the link of a reference. */
export function linkFor(request: LinkRequest): ParentChoice {
  const { relation, columns, keys, order, key, before, rows, toItself, partner } = request;
  const { shape } = relation;
  const optional = columns.some(({ notNull }) => !notNull);
  const orphanShare = before === 0 ? 0 : shape.orphans / before;
  const nulls = optional ? shape.nulls : 0;
  const pointing = keys.count > 0 ? Math.max(0, 1 - shape.nulls - orphanShare) : 0;
  const [children = 0, orphans = 0] = apportion(rows, [pointing, orphanShare, nulls]);
  const missing = Math.max(
    1,
    Math.min(orphans, Math.round((shape.missingParents * orphans) / Math.max(1, shape.orphans))),
  );
  const families = familiesOf({
    shape,
    before: Math.round(before * (1 - shape.nulls)) - shape.orphans,
    ...{ children, parents: keys.count, key, ordered: toItself, gathered: partner !== null },
  });
  const child: Child = { parent: 0, offset: 0, position: 0 };
  const stride = partner === null ? 0 : strideOf(children + orphans, partner);
  let isChild = false;
  let next = 0;
  /** Children of one parent of the partner stand side by side there, and far from each other here. */
  const pairedRank = (): number | null => {
    const other = partner?.child() ?? null;
    return other === null ? null : (other.position * stride) % (children + orphans);
  };
  // The first row of a tree has nothing to point at: its rank is the last one, which is NULL.
  const shift = toItself && nulls > 0 ? rows - 1 - order(0) : 0;
  const nowhere = (index: number): readonly SqlValue[] => {
    // Some columns may have a value although the key as a whole points nowhere.
    const values =
      keys.count > 0 && columns.some(({ notNull }) => notNull) ? keys.at(draw(key, index) % keys.count) : [];
    return columns.map(({ notNull }, i) => (notNull ? (values[i] ?? null) : null));
  };
  return {
    columns: columns.map(({ name }) => name),
    ...{ parents: families.parents, children: children + orphans, most: families.most },
    child: () => (isChild ? child : null),
    pick: (index, attempt) => {
      const paired = pairedRank();
      const rank = paired ?? (order(index) + shift) % rows;
      isChild = rank < children + orphans;
      if (rank < children) {
        if (attempt > 0) families.findNear(draw(key + attempt, index), child);
        else families.find(paired ?? next++, child);
        return keys.at(child.parent);
      }
      if (isChild) {
        const orphan = rank - children;
        const place = Math.floor((orphan * missing) / orphans);
        child.parent = keys.count + place;
        child.offset = orphan - Math.ceil((place * orphans) / missing);
        child.position = rank;
        return keys.missing(place + attempt * missing);
      }
      return optional || !toItself ? nowhere(index) : keys.at(index);
    },
  };
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
