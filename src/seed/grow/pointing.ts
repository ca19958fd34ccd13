import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import { includesName } from '../../sql/quote.ts';
import type { Reference } from '../reading/references.ts';
import type { RowPlan } from '../row-plan.ts';
import type { Draw } from '../row-source.ts';
import { type Joiner, joinerFor, type Pointer, pointerFor } from './pointers.ts';

/** The references that the rows of a table follow. */
export interface PointingRequest {
  readonly plan: RowPlan;
  readonly references: readonly Reference[];
  /** Those that point at each parent once at most. */
  readonly once: ReadonlySet<Reference>;
  /** The columns that the project itself fills. */
  readonly own: ReadonlySet<string>;
  readonly sink: RowSink;
}

/** Sets the columns of a row that point at other rows; returns whether there is a row left to point at. */
export type Point = (draw: Draw, values: SqlValue[]) => boolean;

/** The pointers of a table. */
export interface Pointers {
  /** Whether they set a column. */
  readonly sets: (column: string) => boolean;
  /** @param placeOf the place of a column in a row */
  readonly placed: (placeOf: (name: string) => number) => Point;
}

/** A reference that has a parent to point at. */
interface Followed {
  readonly reference: Reference;
  readonly pointer: Pointer;
}

/** A pointer with the places of its columns in a row. */
interface PlacedPointer {
  readonly pointer: Pointer;
  readonly places: readonly number[];
  /** The places that a pointer before has set, and the finder of a parent that agrees; null where there are none. */
  readonly joined: { readonly places: readonly number[]; readonly pointer: Joiner } | null;
}

/** Draws for references that share columns, until their parents agree. */
const joinAttempts = 24;

/** Makes the pointers of a table's references, those without a parent left out. */
export function pointersOf({ plan, references, once, own, sink }: PointingRequest): Pointers {
  const followed = references.flatMap((reference): Followed[] => {
    const isOwn = [...own].some((name) => includesName(reference.columns, name));
    const pointer = pointerFor({ plan, reference, sink, once: once.has(reference) && !isOwn });
    return pointer === null ? [] : [{ pointer, reference }];
  });
  return {
    sets: (name) => followed.some(({ reference }) => includesName(reference.columns, name)),
    placed: (placeOf) => {
      const pointers = placePointers(followed, plan, sink, placeOf);
      return (draw, values) => {
        for (let more = 0; more < joinAttempts; more++) {
          const found = pointAll(pointers, draw, draw.attempt + more * joinAttempts, values);
          if (found !== 'disagree') return found === 'done';
        }
        return false;
      };
    },
  };
}

function pointAll(
  pointers: readonly PlacedPointer[],
  { index, progress }: Draw,
  attempt: number,
  values: SqlValue[],
): 'done' | 'disagree' | 'none-left' {
  for (const { pointer, places, joined } of pointers) {
    const target =
      joined === null
        ? pointer(index, attempt, progress)
        : joined.pointer(
            index,
            attempt,
            joined.places.map((place) => values[place] ?? null),
          );
    if (target === null) return joined === null ? 'none-left' : 'disagree';
    for (let i = 0; i < places.length; i++) values[places[i] ?? 0] = target[i] ?? null;
  }
  return 'done';
}

function placePointers(
  followed: readonly Followed[],
  plan: RowPlan,
  sink: RowSink,
  placeOf: (name: string) => number,
): PlacedPointer[] {
  const taken = new Set<number>();
  return joinOrder(followed, plan).map(({ pointer, reference }) => {
    const places = reference.columns.map(placeOf);
    const shared = places.flatMap((place, i) => (taken.has(place) ? [i] : []));
    for (const place of places) taken.add(place);
    if (shared.length === 0 || !reference.declared) return { pointer, places, joined: null };
    const joiner = joinerFor({ plan, reference, sink }, shared);
    return { pointer, places, joined: { places: shared.map((i) => places[i] ?? 0), pointer: joiner } };
  });
}

/** The widest first, for its parent's row carries what narrower ones say; those to the table itself last. */
function joinOrder(followed: readonly Followed[], { table }: RowPlan): Followed[] {
  const isToItself = ({ reference }: Followed): number => Number(reference.parent.name === table.name);
  return followed.toSorted(
    (a, b) => isToItself(a) - isToItself(b) || b.reference.columns.length - a.reference.columns.length,
  );
}
