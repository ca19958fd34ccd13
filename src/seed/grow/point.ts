import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Reference } from '../reading/references.ts';
import type { RowPlan } from '../row-plan.ts';
import type { Draw } from '../row-source.ts';
import { joinerFor, type Pointer } from './pointers.ts';

/** A reference that has a parent to point at. */
export interface Followed {
  readonly reference: Reference;
  readonly pointer: Pointer;
}

/** A pointer with the places of its columns in a row. */
interface PlacedPointer {
  readonly pointer: Pointer;
  readonly places: readonly number[];
  /** Those of them that a pointer before has set. */
  readonly shared: readonly number[];
}

/** Draws for references that share columns, until their parents agree. */
const joinAttempts = 24;

/**
 * Makes what sets the columns of a row that point at other rows; it returns whether there is a row left to point at.
 * @param placeOf the place of a column in a row
 */
export function pointAlong(
  followed: readonly Followed[],
  plan: RowPlan,
  sink: RowSink,
  placeOf: (name: string) => number,
): (draw: Draw, values: SqlValue[]) => boolean {
  const pointers = placePointers(followed, plan, sink, placeOf);
  return (draw, values) => {
    for (let more = 0; more < joinAttempts; more++) {
      const failed = pointAll(pointers, draw, draw.attempt + more * joinAttempts, values);
      if (failed === null) return true;
      // Without parents that it must agree with, no other draw finds one.
      if (failed.shared.length === 0) return false;
    }
    return false;
  };
}

/** Sets the columns of all pointers; returns the one that finds no parent, or null. */
function pointAll(
  pointers: readonly PlacedPointer[],
  { index, progress }: Draw,
  attempt: number,
  values: SqlValue[],
): PlacedPointer | null {
  for (const placed of pointers) {
    const { pointer, places, shared } = placed;
    const set = shared.length === 0 ? none : shared.map((place) => values[place] ?? null);
    const target = pointer(index, attempt, progress, set);
    if (target === null) return placed;
    for (let i = 0; i < places.length; i++) values[places[i] ?? 0] = target[i] ?? null;
  }
  return null;
}

const none: readonly SqlValue[] = [];

function placePointers(
  followed: readonly Followed[],
  plan: RowPlan,
  sink: RowSink,
  placeOf: (name: string) => number,
): PlacedPointer[] {
  const taken = new Set<number>();
  return joinOrder(followed, plan).map(({ pointer, reference }) => {
    const places = reference.columns.map(placeOf);
    const shared = places.flatMap((place, i) => (reference.declared && taken.has(place) ? [i] : []));
    for (const place of places) taken.add(place);
    if (shared.length === 0) return { pointer, places, shared };
    return { pointer: joinerFor({ plan, reference, sink }, shared), places, shared: shared.map((i) => places[i] ?? 0) };
  });
}

/** The widest first, for its parent's row carries what narrower ones say; those to the table itself last. */
function joinOrder(followed: readonly Followed[], { table }: RowPlan): Followed[] {
  const isToItself = ({ reference }: Followed): number => Number(reference.parent.name === table.name);
  return followed.toSorted(
    (a, b) => isToItself(a) - isToItself(b) || b.reference.columns.length - a.reference.columns.length,
  );
}
