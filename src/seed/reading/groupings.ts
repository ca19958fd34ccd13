import { readUpdate } from '../../sql/assignments.ts';
import { readCondition } from '../../sql/change-parts.ts';
import { readConditions } from '../../sql/conditions.ts';
import { closing, inside, items } from '../../sql/nesting.ts';
import { type Constant, constantIn, readParts, type SqlPart } from '../../sql/parts.ts';
import { foldName, sameName } from '../../sql/quote.ts';

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
function namesAt(parts: readonly SqlPart[], group: number, place: number): string[] {
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
  const called = parts.flatMap(({ key }, i) => {
    const [column, fallback] = key === 'COALESCE' || key === 'IFNULL' ? items(inside(parts, i + 1)) : [];
    const isColumn = column?.length === 1 || column?.[1]?.key === '.';
    return standIn(isColumn ? (column?.at(-1)?.name ?? null) : null, fallback?.[0]?.constant ?? null);
  });
  const empty = readConditions(readCondition(sql) ?? '').filter(({ condition }) => condition.kind === 'null-test');
  const set = readUpdate(sql).assignments.flatMap(({ column, text }) =>
    empty.some((test) => sameName(test.column, column)) ? standIn(column, constantIn(text ?? '')) : [],
  );
  return [...called, ...set];
}

function standIn(column: string | null, word: Constant | null): [column: string, word: Constant][] {
  return column === null || word === null ? [] : [[foldName(column), word]];
}
