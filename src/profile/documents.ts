import type { JsonPath, JsonShape, JsonType } from '../model/column-profile.ts';
import { coarse, share } from './round.ts';
import type { Told } from './scope.ts';

/** A tally of the documents of a column. It does not grow with their number. */
export interface DocumentTally {
  /** Looks at a text. Returns whether it is an object or an array. */
  add(text: string): boolean;
  readonly root: DocumentNode;
  /** The number of objects and arrays that were met. */
  readonly documents: () => number;
}

/** A place in documents: the root, a key of an object, or the elements of an array. */
interface DocumentNode {
  /** In how many documents it is, or somewhat more where places were put together. */
  holders: number;
  /** In how many documents it is at least. */
  least: number;
  /** The last document that it was met in. */
  last: number;
  readonly types: Map<JsonType, TypeTally>;
  readonly keys: Map<string, DocumentNode>;
  /** The sign for keys that are merged. */
  others: DocumentNode | null;
  elements: DocumentNode | null;
}

/** The number of occurrences of a type, and the least number of documents with it. */
interface TypeTally {
  count: number;
  documents: number;
  last: number;
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

/** Types and paths; what fewer than `atLeast` documents hold is not shown. */
export function toJsonShape(
  { root, documents }: DocumentTally,
  atLeast: number,
  texts: Told,
): Pick<JsonShape, 'types' | 'paths'> {
  const total = documents();
  const all = {
    total,
    told: Math.max(atLeast, coarse(total, texts.total, atLeast) + texts.told - texts.total),
    atLeast,
  };
  return { types: typeShares(root, atLeast), paths: pathsBelow('$', root, all) };
}

/** undefined stands for a text other than JSON, which has no undefined. */
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

function visit(place: DocumentNode, value: unknown, context: Visit): void {
  if (place.last !== context.text) {
    place.last = context.text;
    place.holders += 1;
    place.least += 1;
  }
  hold(place.types, typeOf(value), context.text);
  if (typeof value !== 'object' || value === null || context.depth === depthLimit) return;
  const inside = { ...context, depth: context.depth + 1 };
  if (Array.isArray(value)) {
    if (value.length > 0) place.elements ??= newPlace();
    for (const element of value) if (place.elements !== null) visit(place.elements, element, inside);
    return;
  }
  for (const [key, member] of Object.entries(value)) visit(placeOf(place, key, context.isKnown), member, inside);
}

function hold(types: Map<JsonType, TypeTally>, type: JsonType, text: number): void {
  const held = types.get(type) ?? { count: 0, documents: 0, last: 0 };
  held.count += 1;
  if (held.last !== text) held.documents += 1;
  held.last = text;
  types.set(type, held);
}

function placeOf(place: DocumentNode, key: string, isKnown: (key: string) => boolean): DocumentNode {
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

function pathsBelow(path: string, place: DocumentNode, documents: Told): JsonPath[] {
  const { total, told, atLeast } = documents;
  const crowded = place.keys.size >= keyLimit;
  const [shown, hidden] = [new Map<string, DocumentNode>(), place.others === null ? [] : [place.others]];
  for (const [key, inner] of place.keys) {
    if (crowded || inner.holders < atLeast) hidden.push(inner);
    else shown.set(`.${quoteKey(key)}`, inner);
  }
  const others = hidden.length === 0 ? null : hidden.reduce(merge, newPlace());
  if (others !== null) shown.set('.*', others);
  if (place.elements !== null) shown.set('[*]', place.elements);
  return [...shown]
    .filter(([, inner]) => inner.least >= atLeast)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([step, inner]) => [
      {
        path: path + step,
        share: share(Math.min(inner.holders, total), total, atLeast, told),
        types: typeShares(inner, atLeast),
      },
      ...pathsBelow(path + step, inner, documents),
    ]);
}

/** Counts of documents are added, although one document may have several of the keys: their overlap is unknown. */
function merge(into: DocumentNode, from: DocumentNode): DocumentNode {
  into.holders += from.holders;
  into.least = Math.max(into.least, from.least);
  for (const [type, { count, documents }] of from.types) {
    const held = into.types.get(type);
    const most = Math.max(held?.documents ?? 0, documents);
    into.types.set(type, { count: count + (held?.count ?? 0), documents: most, last: 0 });
  }
  for (const [key, inner] of from.keys) into.keys.set(key, merge(into.keys.get(key) ?? newPlace(), inner));
  if (from.others !== null) into.others = merge(into.others ?? newPlace(), from.others);
  if (from.elements !== null) into.elements = merge(into.elements ?? newPlace(), from.elements);
  return into;
}

/** A key as SQLite writes it in a path. https://sqlite.org/json1.html#path_arguments */
function quoteKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}

/** Shares of the types that enough documents have: one long list may hold very many values of its own. */
function typeShares({ types }: DocumentNode, atLeast: number): Partial<Record<JsonType, number>> {
  const told = [...types]
    .filter(([, { documents }]) => documents >= atLeast)
    .map(([type, { count }]) => [type, Math.round(count / atLeast) * atLeast] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const total = told.reduce((sum, [, count]) => sum + count, 0);
  return Object.fromEntries(told.map(([type, count]) => [type, twoDigitShare(count, total)]));
}

/** The values of a document are not rows, and their number says how many documents exist: two digits are enough. */
function twoDigitShare(part: number, whole: number): number {
  return part < whole ? Math.min(Number((part / whole).toPrecision(2)), 0.99) : 1;
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'real';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : 'object';
}

function newPlace(): DocumentNode {
  return { holders: 0, least: 0, last: 0, types: new Map(), keys: new Map(), others: null, elements: null };
}
