import { closing, items } from '../../sql/nesting.ts';
import { type Constant, type Part, readParts } from '../../sql/parts.ts';
import { foldName } from '../../sql/quote.ts';

const ends: ReadonlySet<string> = new Set(
  'HAVING ORDER LIMIT WINDOW UNION EXCEPT INTERSECT ROWS RANGE GROUPS ) ;'.split(' '),
);

/**
 * The names by which a statement takes rows together: after GROUP BY and PARTITION BY; with DISTINCT, every name in
 * it.
 */
export function groupingsIn(sql: string): string[][] {
  if (!/\b(?:GROUP|PARTITION|DISTINCT)\b/i.test(sql)) return [];
  const parts = readParts(sql);
  const groupings: string[][] = [];
  for (const [i, { key }] of parts.entries()) {
    if (key === 'DISTINCT') groupings.push(parts.flatMap(({ name }) => name ?? []));
    if ((key !== 'GROUP' && key !== 'PARTITION') || parts[i + 1]?.key !== 'BY') continue;
    const names: string[] = [];
    for (let at = i + 2; at < parts.length && !ends.has(parts[at]?.key ?? ''); at++) {
      const end = parts[at]?.key === '(' ? closing(parts, at) : at;
      const place = parts[at]?.constant;
      if (key === 'GROUP' && typeof place === 'number') names.push(...namesAt(parts, i, place));
      else names.push(...parts.slice(at, end + 1).flatMap(({ name }) => name ?? []));
      at = end;
    }
    groupings.push(names);
  }
  return groupings;
}

/** The names in the result column that GROUP BY means by its number. https://sqlite.org/lang_select.html */
function namesAt(parts: readonly Part[], group: number, place: number): string[] {
  const depth = parts[group]?.depth;
  const select = parts.findLastIndex((part, at) => at < group && part.key === 'SELECT' && part.depth === depth);
  const from = parts.findIndex((part, at) => at > select && part.key === 'FROM' && part.depth === depth);
  const item = select < 0 || from < 0 ? undefined : items(parts.slice(select + 1, from))[place - 1];
  return (item ?? []).flatMap(({ name }) => name ?? []);
}

/**
 * The values that a statement puts in the place of NULL: `coalesce(c, 'x')`, or `SET c = 'x'` where c IS NULL; by
 * folded name.
 */
export function standInsIn(sql: string): [column: string, word: Constant][] {
  if (!/\b(?:COALESCE|IFNULL|UPDATE)\b/i.test(sql)) return [];
  const parts = readParts(sql);
  const nameAt = (at: number): { name: string | null; next: number } =>
    parts[at + 1]?.key === '.'
      ? { name: parts[at + 2]?.name ?? null, next: at + 3 }
      : { name: parts[at]?.name ?? null, next: at + 1 };
  return parts.flatMap(({ key }, i): [string, Constant][] => {
    if ((key === 'COALESCE' || key === 'IFNULL') && parts[i + 1]?.key === '(') {
      const { name, next } = nameAt(i + 2);
      const word = parts[next]?.key === ',' ? (parts[next + 1]?.constant ?? null) : null;
      return name === null || word === null ? [] : [[foldName(name), word]];
    }
    const name = parts[i + 1]?.name ?? null;
    const word = parts[i + 3]?.constant ?? null;
    if ((key !== 'SET' && key !== ',') || parts[i + 2]?.key !== '=' || name === null || word === null) return [];
    const isForNull = parts.some(
      (part, at) => at > i && part.name === name && parts[at + 1]?.key === 'IS' && parts[at + 2]?.key === 'NULL',
    );
    return isForNull ? [[foldName(name), word]] : [];
  });
}
