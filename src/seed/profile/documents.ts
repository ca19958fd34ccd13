import { type JsonPath, type JsonType, jsonTypes } from '../../model/column-profile.ts';
import type { Writing } from '../../text/kinds/kind.ts';
import { prose } from '../../text/letter-codes.ts';
import { type JsonMembers, type JsonValue, noMembers } from '../values/json.ts';

/** A place in documents. */
interface DocumentShape {
  /** With their shares, which add up to 1. */
  readonly types: readonly (readonly [JsonType, number])[];
  /** The share of the objects and arrays that have it. */
  readonly share: number;
  /** The places inside, by their keys; that of the elements of arrays by `elements`. */
  readonly inside: Map<string, DocumentShape>;
}

/** A text while a document is built. */
const blank = '\u0001';

/** The key that stands for those that a profile does not show: the name of hardly any column. */
const anyKey = 'member';

/** Stands for a key where the elements of arrays are meant: no key of a path has it. */
const elements = '\u0001[*]';

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
    const last = steps.pop();
    const parent = steps.reduce<DocumentShape | undefined>((place, step) => place?.inside.get(step), root);
    if (last !== undefined) parent?.inside.set(last, newPlace(own, share));
  }
  return root;
}

/** The keys of a path; `.*` stands for any. https://sqlite.org/json1.html#path_arguments */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\[\*\]|\.(?:(\*)|("(?:[^"\\]|\\.)*")|([^."[\]]+))/g)].map(([, any, quoted, bare]) => {
    if (any !== undefined) return anyKey;
    return quoted === undefined ? (bare ?? elements) : String(JSON.parse(quoted));
  });
}

function newPlace(types: JsonPath['types'], share: number): DocumentShape {
  const entries = jsonTypes.flatMap((type) => ((types[type] ?? 0) > 0 ? [[type, types[type] ?? 0] as const] : []));
  const total = entries.reduce((sum, [, part]) => sum + part, 0);
  return { types: entries.map(([type, part]) => [type, part / total]), share, inside: new Map() };
}

/** The way into a document. */
interface Visit {
  readonly number: number;
  /** The share of documents that have the place that is built. */
  readonly parents: number;
  /** Where the document stands among these, from 0 to 1. */
  readonly place: number;
}

function build(shape: DocumentShape, visit: Visit): JsonValue {
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

function objectOf({ inside }: DocumentShape, visit: Visit): JsonMembers {
  const members = noMembers();
  for (const [key, member] of inside) {
    const entered = key === elements ? null : enter(member, visit);
    const copies = entered === null ? 0 : key === anyKey ? copiesOf(member) : 1;
    for (let i = 0; entered !== null && i < copies; i++)
      members[i === 0 ? key : `${key}${i + 1}`] = build(member, { ...entered, place: (i + entered.place) / copies });
  }
  return members;
}

function arrayOf({ inside }: DocumentShape, visit: Visit): JsonValue[] {
  const element = inside.get(elements);
  const entered = element === undefined ? null : enter(element, visit);
  if (element === undefined || entered === null) return [];
  const length = 1 + (visit.number % 2);
  return Array.from({ length }, (_, i) => build(element, { ...entered, number: visit.number * 2 + i }));
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
function copiesOf({ share, types, inside }: DocumentShape): number {
  const shareOf = (wanted: JsonType): number => types.find(([type]) => type === wanted)?.[1] ?? 0;
  const needed = [...inside].map(
    ([key, place]) => place.share / (share * shareOf(key === elements ? 'array' : 'object') || 1),
  );
  return Math.max(1, Math.min(8, Math.round(Math.max(...needed, 1))));
}
