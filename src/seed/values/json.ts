import type { SqlValue } from '../../model/connection.ts';

/** What a generated JSON document should look like. */
export interface DocumentPlan {
  readonly shape: 'object' | 'array';
  /** The text that stands wherever nothing better is known. */
  readonly word: string;
  /** Paths that SQL asks for, such as `$.order.id`. https://sqlite.org/json1.html#path_arguments */
  readonly paths?: readonly string[];
  /** The value for a key, for documents that repeat columns of their row or point at other rows. */
  readonly known?: (key: string) => SqlValue | undefined;
}

type Node = string | number | Node[] | Members;

/** The members of an object. Without a prototype, so that a key such as `__proto__` is a key like any other. */
interface Members {
  [key: string]: Node;
}

/** A JSON text with a value at each of the paths that can be in it. */
export function jsonDocument({ shape, word, paths = [], known = () => undefined }: DocumentPlan): string {
  const root: Members = Object.create(null);
  let isObject = shape === 'object';
  for (const path of paths) {
    const segments = segmentsOf(path);
    if (typeof segments[0] !== 'string') continue;
    isObject = true;
    place(root, segments, leafOf(known(String(segments.at(-1)))) ?? word);
  }
  if (!isObject) return JSON.stringify([word]);
  if (Object.keys(root).length === 0) root['note'] = word;
  return JSON.stringify(root);
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

/** Puts `value` at the end of `segments`; an array on the way has one element, and what is there already stays. */
function place(members: Members, [first, ...rest]: readonly (string | number)[], value: string | number): void {
  if (first === undefined) return;
  const key = String(first);
  const present = members[key];
  if (isMembers(present) && typeof rest[0] === 'string') place(present, rest, value);
  else if (present === undefined || (typeof present !== 'object' && rest.length > 0))
    members[key] = nested(rest, value);
}

function nested([first, ...rest]: readonly (string | number)[], value: string | number): Node {
  if (first === undefined) return value;
  if (typeof first === 'number') return [nested(rest, value)];
  const members: Members = Object.create(null);
  members[first] = nested(rest, value);
  return members;
}

function isMembers(node: Node | undefined): node is Members {
  return typeof node === 'object' && !Array.isArray(node);
}
