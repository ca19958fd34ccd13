import type { ColumnCondition } from './conditions.ts';
import { closing } from './nesting.ts';
import { readParts, type SqlPart } from './parts.ts';

/** Where a value lies that an expression reads: the column that holds the document, and the path in it. */
interface Spot {
  readonly column: string;
  readonly path: string;
}

/**
 * Reads the paths that a query goes down in lists of lists: `json_each` of a column, and `json_each`, `json_extract`, `->` and
 * `->>` of the `value` of another one. An element of a list is written as its first: `$.sections[0].labels[0].name`.
 * https://sqlite.org/json1.html#table_valued_functions_for_parsing_json_json_each_and_json_tree_
 */
export function readJsonWalks(sql: string): ColumnCondition[] {
  if (!/\bjsonb?_each\b/i.test(sql)) return [];
  const parts = readParts(sql);
  const elements = new Map<string, Spot>();
  // One walk may be written before the one that it goes on from, so that as many rounds are made as there are walks.
  const walks = parts.flatMap(({ key }, i) => (/^JSONB?_EACH$/.test(key) && parts[i + 1]?.key === '(' ? [i] : []));
  for (let round = 0; round < walks.length; round++) {
    for (const at of walks) {
      const spot = argumentAt(parts, at, elements);
      const alias = aliasOf(parts, closing(parts, at + 1));
      if (spot !== null && alias !== null) elements.set(alias, { ...spot, path: `${spot.path}[0]` });
    }
  }
  const only = elements.size === 1 ? ([...elements.values()][0] ?? null) : null;
  const ends = parts.flatMap(({ key, name }, i): Spot[] => {
    if (/^JSONB?_(?:EXTRACT|EACH)$/.test(key) && parts[i + 1]?.key === '(')
      // The argument of the one walk is no element of it.
      return [argumentAt(parts, i, elements, /EACH$/.test(key) ? null : only) ?? []].flat();
    if (name === null) return [];
    const [spot, end] = spotAt(parts, i, elements, only);
    const path = pathOf(parts[end + 2]);
    return spot === null || !/^->>?$/.test(parts[end + 1]?.key ?? '') ? [] : [{ ...spot, path: spot.path + path }];
  });
  return ends
    .filter(({ path }) => path.includes('[0]'))
    .map(({ column, path }) => ({ column, condition: { kind: 'json', type: null, path } }));
}

/** The names, folded, that the walks of a query go by: `settings.value, json_each(settings.value) AS entry` has `entry`. */
export function walksIn(parts: readonly SqlPart[]): ReadonlySet<string> {
  const names = parts.flatMap(({ key }, i) =>
    /^JSONB?_(?:EACH|TREE)$/.test(key) && parts[i + 1]?.key === '(' ? [aliasOf(parts, closing(parts, i + 1))] : [],
  );
  return new Set(names.filter((name) => name !== null));
}

function isAlias(elements: ReadonlyMap<string, Spot>, part: SqlPart | undefined): Spot | undefined {
  return part?.name === undefined || part.name === null ? undefined : elements.get(part.name.toLowerCase());
}

/** The argument and the path that a JSON function at `at` reads. @param only the element of the one walk that there is. */
function argumentAt(
  parts: readonly SqlPart[],
  at: number,
  elements: ReadonlyMap<string, Spot>,
  only: Spot | null = null,
): Spot | null {
  const first = at + 2;
  // json_each(json_extract(…))
  if (/^JSONB?(?:_EXTRACT)?$/.test(parts[first]?.key ?? '') && parts[first + 1]?.key === '(') {
    const inner = argumentAt(parts, first, elements, only);
    return inner === null ? null : withPath(inner, parts, closing(parts, first + 1));
  }
  const [spot, end] = spotAt(parts, first, elements, only);
  if (spot === null) return null;
  const isArrow = /^->>?$/.test(parts[end + 1]?.key ?? '');
  return isArrow ? { ...spot, path: spot.path + pathOf(parts[end + 2]) } : withPath(spot, parts, end);
}

function withPath(spot: Spot, parts: readonly SqlPart[], end: number): Spot {
  return parts[end + 1]?.key === ',' ? { ...spot, path: spot.path + pathOf(parts[end + 2]) } : spot;
}

/** The document at `at`, and where its name ends: a column, or the value of an element, whose name may stand alone. */
function spotAt(
  parts: readonly SqlPart[],
  at: number,
  elements: ReadonlyMap<string, Spot>,
  only: Spot | null = null,
): [Spot | null, number] {
  const isQualified = parts[at + 1]?.key === '.';
  const end = isQualified ? at + 2 : at;
  const name = parts[end]?.name ?? null;
  if (name === null || parts[end + 1]?.key === '(') return [null, end];
  const element = isQualified ? isAlias(elements, parts[at]) : undefined;
  if (element !== undefined) return [name.toLowerCase() === 'value' ? element : null, end];
  if (only !== null && name.toLowerCase() === 'value') return [only, end];
  return [{ column: name, path: '' }, end];
}

/** `.name` of `'$.name'` and of `'name'`; an arrow takes either. https://sqlite.org/json1.html#jptr */
function pathOf(part: SqlPart | undefined): string {
  const constant = part?.constant;
  if (typeof constant === 'number') return '[0]';
  if (typeof constant !== 'string') return '';
  return constant.startsWith('$') ? constant.slice(1) : `.${constant}`;
}

const clauseWords: ReadonlySet<string> = new Set(
  'JOIN LEFT INNER CROSS NATURAL WHERE ON GROUP ORDER LIMIT UNION HAVING WINDOW EXCEPT INTERSECT USING'.split(' '),
);

/** The name that a table-valued function goes by, folded; its own where it gets none. */
function aliasOf(parts: readonly SqlPart[], close: number): string | null {
  const next = parts[close + 1]?.key === 'AS' ? parts[close + 2] : parts[close + 1];
  if (next?.name === undefined || next.name === null || clauseWords.has(next.key)) return 'json_each';
  return next.name.toLowerCase();
}
