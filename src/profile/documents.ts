import type { JsonPath, JsonShape, JsonType } from '../model/column-profile.ts';
import { share } from './round.ts';

/** What the documents of a column are like, one after the other. It does not grow with their number. */
export interface DocumentTally {
  /** Looks at a text. Returns whether it is an object or an array. */
  add(text: string): boolean;
  readonly root: Place;
  /** How many objects and arrays were met. */
  readonly documents: () => number;
}

/** A place in documents: the root, a key of an object, or the elements of an array. */
interface Place {
  /** In how many documents it is. */
  holders: number;
  /** The last document that it was met in. */
  last: number;
  readonly types: Map<JsonType, number>;
  readonly keys: Map<string, Place>;
  /** What stands for keys that are not told apart. */
  others: Place | null;
  elements: Place | null;
}

/** Different keys of one object that are told apart; more of them are data rather than names. */
const keyLimit = 64;

/** Places further inside are not looked at. */
const depthLimit = 12;

/** Longer texts are not read. */
const longest = 1_000_000;

/** An empty tally. Keys that `isKnown` does not know are not told apart, so that they are not even remembered. */
export function startDocuments(isKnown: (key: string) => boolean): DocumentTally {
  const root = newPlace();
  let texts = 0;
  let documents = 0;
  const add = (text: string): boolean => {
    const value = parse(text);
    if (value === undefined) return false;
    texts += 1;
    visit(root, value, { text: texts, depth: 0, isKnown });
    const isDocument = typeof value === 'object' && value !== null;
    if (isDocument) documents += 1;
    return isDocument;
  };
  return { add, root, documents: () => documents };
}

/** Types and paths; a key that fewer than `atLeast` documents hold is not shown. */
export function toJsonShape({ root, documents }: DocumentTally, atLeast: number): Pick<JsonShape, 'types' | 'paths'> {
  return { types: typeShares(root), paths: pathsBelow('$', root, documents(), atLeast) };
}

/** JSON has no undefined, which therefore says that a text is none. */
function parse(text: string): unknown {
  if (text.length > longest) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Visit {
  readonly text: number;
  readonly depth: number;
  readonly isKnown: (key: string) => boolean;
}

function visit(place: Place, value: unknown, context: Visit): void {
  if (place.last !== context.text) {
    place.last = context.text;
    place.holders += 1;
  }
  const type = typeOf(value);
  place.types.set(type, (place.types.get(type) ?? 0) + 1);
  if (typeof value !== 'object' || value === null || context.depth === depthLimit) return;
  const inside = { ...context, depth: context.depth + 1 };
  if (Array.isArray(value)) {
    if (value.length > 0) place.elements ??= newPlace();
    for (const element of value) if (place.elements !== null) visit(place.elements, element, inside);
    return;
  }
  for (const [key, member] of Object.entries(value)) visit(placeOf(place, key, context.isKnown), member, inside);
}

function placeOf(place: Place, key: string, isKnown: (key: string) => boolean): Place {
  const known = place.keys.get(key);
  if (known !== undefined) return known;
  if (place.keys.size < keyLimit && isKnown(key)) {
    const fresh = newPlace();
    place.keys.set(key, fresh);
    return fresh;
  }
  place.others ??= newPlace();
  return place.others;
}

function pathsBelow(path: string, place: Place, documents: number, atLeast: number): JsonPath[] {
  const crowded = place.keys.size >= keyLimit;
  const [shown, hidden] = [new Map<string, Place>(), place.others === null ? [] : [place.others]];
  for (const [key, inner] of place.keys) {
    if (crowded || inner.holders < atLeast) hidden.push(inner);
    else shown.set(`.${quoteKey(key)}`, inner);
  }
  const others = hidden.length === 0 ? null : hidden.reduce(merge, newPlace());
  if (others !== null) shown.set('.*', others);
  if (place.elements !== null) shown.set('[*]', place.elements);
  return [...shown]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([step, inner]) => [
      { path: path + step, share: share(Math.min(inner.holders, documents), documents), types: typeShares(inner) },
      ...pathsBelow(path + step, inner, documents, atLeast),
    ]);
}

/** Counts of documents are added, though keys may stand in the same one: nobody remembers which. */
function merge(into: Place, from: Place): Place {
  into.holders += from.holders;
  for (const [type, count] of from.types) into.types.set(type, (into.types.get(type) ?? 0) + count);
  for (const [key, inner] of from.keys) into.keys.set(key, merge(into.keys.get(key) ?? newPlace(), inner));
  if (from.others !== null) into.others = merge(into.others ?? newPlace(), from.others);
  if (from.elements !== null) into.elements = merge(into.elements ?? newPlace(), from.elements);
  return into;
}

/** A key as SQLite writes it in a path. https://sqlite.org/json1.html#path_arguments */
function quoteKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}

function typeShares({ types }: Place): Partial<Record<JsonType, number>> {
  const total = [...types.values()].reduce((sum, count) => sum + count, 0);
  const ordered = [...types].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(ordered.map(([type, count]) => [type, share(count, total)]));
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'real';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : 'object';
}

function newPlace(): Place {
  return { holders: 0, last: 0, types: new Map(), keys: new Map(), others: null, elements: null };
}
