import type { SqlValue } from '../../model/connection.ts';

/** The form of a generated JSON document. */
export interface DocumentPlan {
  readonly shape: 'object' | 'array';
  /** The text that stands wherever nothing better is known. */
  readonly word: string;
  /** Paths that SQL asks for, such as `$.order.id`. https://sqlite.org/json1.html#path_arguments */
  readonly paths?: readonly string[];
  /** The value for a key, for documents that repeat columns of their row or point at other rows. */
  readonly known?: (key: string) => SqlValue | undefined;
}

/** A value in a document. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonMembers;

/** The members of an object. */
export interface JsonMembers {
  [key: string]: JsonValue;
}

/** An object without a prototype, so that a key such as `__proto__` is a key like any other. */
export function noMembers(): JsonMembers {
  return Object.create(null);
}

/** A JSON text with a value at each of the paths that can be in it. */
export function jsonDocument({ shape, word, paths = [], known = () => undefined }: DocumentPlan): string {
  const ways = paths.map(segmentsOf).filter(([first]) => first !== undefined);
  // A value that is read by a key is an object, whatever else is read of it.
  const keyed = ways.filter(([first]) => typeof first === 'string');
  const wanted = keyed.length > 0 ? keyed : ways;
  let root: JsonValue | undefined;
  for (const segments of wanted) root = placed(root, segments, leafOf(known(String(segments.at(-1)))) ?? word);
  if (root !== undefined) return JSON.stringify(root);
  return JSON.stringify(shape === 'object' ? { note: word } : [word]);
}

function leafOf(value: SqlValue | undefined): string | number | null {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** The keys (texts) and array positions (numbers) of a path. */
function segmentsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\.(?:"([^"]*)"|([^."[\]]+))|\[(\d+)\]/g)].map(
    ([, quoted, bare, position]) => quoted ?? bare ?? Number(position),
  );
}

/**
 * `node` with `value` at the end of `segments`; an array on the way has one element, and what is there already stays.
 */
function placed(
  node: JsonValue | undefined,
  [first, ...rest]: readonly (string | number)[],
  value: string | number,
): JsonValue {
  if (first === undefined) return node ?? value;
  if (typeof first === 'number') {
    if (isMembers(node)) return node;
    return [placed(Array.isArray(node) ? node[0] : undefined, rest, value)];
  }
  if (Array.isArray(node)) return node;
  const members = isMembers(node) ? node : noMembers();
  members[first] = placed(members[first], rest, value);
  return members;
}

function isMembers(node: JsonValue | undefined): node is JsonMembers {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
