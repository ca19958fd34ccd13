import { type JsonPath, type JsonType, jsonTypes } from '../../model/column-profile.ts';
import type { Writing } from '../../text/kinds/kind.ts';
import { prose } from '../../text/letter-codes.ts';

/** A place in documents. */
interface DocumentShape {
  /** With their shares, which add up to 1. */
  readonly types: readonly (readonly [JsonType, number])[];
  /** The share of the objects and arrays that have it. */
  readonly share: number;
  readonly members: Map<string, DocumentShape>;
  elements: DocumentShape | null;
}

type Node = string | number | boolean | null | Node[] | Members;

/** The members of an object. Without a prototype, so that a key such as `__proto__` is a key like any other. */
interface Members {
  [key: string]: Node;
}

/** A text while a document is built. */
const blank = '\u0001';

/** The key that stands for those that a profile does not show: the name of hardly any column. */
const anyKey = 'member';

/** Makes documents with the types and at the paths of a profile. */
export function documentMaker(
  types: Readonly<Partial<Record<JsonType, number>>>,
  paths: readonly JsonPath[],
): (writing: Writing) => string {
  const [objects, arrays] = [types.object ?? 0, types.array ?? 0];
  const root = readPaths(objects + arrays > 0 ? { object: objects, array: arrays } : { object: 1 }, paths);
  return ({ number, length, code, words, place }) => {
    const document = JSON.stringify(build(root, { number, parents: 1, place }));
    const [start = '', ...rest] = document.split(JSON.stringify(blank));
    if (rest.length === 0) return spaced(document, length);
    // The first text tells documents apart and makes up for their length.
    const end = rest.join('"a"');
    const room = length - start.length - end.length - code.length - '"" '.length;
    return `${start}"${room > 0 ? `${prose(words, number, room, ' ')} ` : ''}${code}"${end}`;
  };
}

/** White space inside makes up for the length of documents without texts. */
function spaced(text: string, length: number): string {
  return text.charAt(0) + ' '.repeat(Math.max(0, length - text.length)) + text.slice(1);
}

function readPaths(types: JsonPath['types'], paths: readonly JsonPath[]): DocumentShape {
  const root = newPlace(types, 1);
  for (const { path, share, types: own } of paths) {
    const steps = stepsOf(path);
    const parent = steps.slice(0, -1).reduce<DocumentShape | null>((place, step) => place && inside(place, step), root);
    const last = steps.at(-1);
    const place = newPlace(own, share);
    if (parent === null || last === undefined) continue;
    if (last === elementsStep) parent.elements = place;
    else parent.members.set(last, place);
  }
  return root;
}

const elementsStep = '[*]';

function inside(place: DocumentShape, step: string): DocumentShape | null {
  return (step === elementsStep ? place.elements : place.members.get(step)) ?? null;
}

/** The keys of a path; `.*` stands for any. https://sqlite.org/json1.html#path_arguments */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\[\*\]|\.(?:(\*)|("(?:[^"\\]|\\.)*")|([^."[\]]+))/g)].map(([, any, quoted, bare]) => {
    if (any !== undefined) return anyKey;
    return quoted === undefined ? (bare ?? elementsStep) : String(JSON.parse(quoted));
  });
}

function newPlace(types: JsonPath['types'], share: number): DocumentShape {
  const entries = jsonTypes.flatMap((type) => ((types[type] ?? 0) > 0 ? [[type, types[type] ?? 0] as const] : []));
  const total = entries.reduce((sum, [, part]) => sum + part, 0);
  return { types: entries.map(([type, part]) => [type, part / total]), share, members: new Map(), elements: null };
}

/** The way into a document. */
interface Visit {
  readonly number: number;
  /** The share of documents that have the place that is built. */
  readonly parents: number;
  /** Where the document stands among these, from 0 to 1. */
  readonly place: number;
}

function build(shape: DocumentShape, visit: Visit): Node {
  const { number } = visit;
  const { type, share, within } = typeAt(shape, visit.place);
  const inside = { number, parents: visit.parents * share, place: within };
  switch (type) {
    case 'object':
      return objectOf(shape, inside);
    case 'array':
      return arrayOf(shape, inside);
    case 'text':
      return blank;
    case 'integer':
      return number + 2;
    case 'real':
      return (number % 7) + 0.5;
    case 'boolean':
      return number % 2 === 0;
    case 'null':
      return null;
  }
}

function objectOf(shape: DocumentShape, visit: Visit): Members {
  const members: Members = Object.create(null);
  for (const [key, member] of shape.members) {
    const entered = enter(member, visit);
    const copies = entered === null ? 0 : key === anyKey ? copiesOf(member) : 1;
    for (let i = 0; entered !== null && i < copies; i++)
      members[i === 0 ? key : `${key}${i + 1}`] = build(member, { ...entered, place: (i + entered.place) / copies });
  }
  return members;
}

function arrayOf({ elements }: DocumentShape, visit: Visit): Node[] {
  const entered = elements && enter(elements, visit);
  if (elements === null || entered === null) return [];
  const length = 1 + (visit.number % 2);
  return Array.from({ length }, (_, i) => build(elements, { ...entered, number: visit.number * 2 + i }));
}

/** Goes on into a place that the document has, or returns null: those that stand last have it. */
function enter({ share }: DocumentShape, { number, parents, place }: Visit): Visit | null {
  const chance = Math.min(1, share / (parents || 1));
  if (place < 1 - chance) return null;
  return { number, parents: share, place: chance === 0 ? 1 : (place - 1 + chance) / chance };
}

/** The type that stands at a place among those of its kind, its share, and where in that share the place is. */
function typeAt({ types }: DocumentShape, place: number): { type: JsonType; share: number; within: number } {
  let start = 0;
  for (const [type, share] of types) {
    if (place < start + share) return { type, share, within: (place - start) / share };
    start += share;
  }
  const [type, share] = types.at(-1) ?? ['null', 1];
  return { type, share, within: 1 };
}

/** Under how many keys that are not shown a document has something: as many as it takes for what is inside of them. */
function copiesOf({ share, types, members, elements }: DocumentShape): number {
  const shareOf = (wanted: JsonType): number => types.find(([type]) => type === wanted)?.[1] ?? 0;
  const inner = [
    ...[...members.values()].map((member) => [member, 'object'] as const),
    ...(elements ? [[elements, 'array'] as const] : []),
  ];
  const needed = inner.map(([place, type]) => place.share / (share * shareOf(type) || 1));
  return Math.max(1, Math.min(8, Math.round(Math.max(...needed, 1))));
}
