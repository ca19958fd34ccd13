import { nameOf, type Word } from './words.ts';

/** A table after FROM. */
export interface FromTable {
  readonly name: string;
  /** The name that may qualify its columns. */
  readonly alias: string;
}

/**
 * The places of what rows are read from, in subqueries too: after FROM, JOIN and the commas between tables. There may be a table,
 * a function or a query.
 * @param start where to begin.
 */
export function placesOfTables(words: readonly Word[], start: number): number[] {
  const places: number[] = [];
  // The depth at which a FROM clause is open, so that its commas are joins; -1 outside.
  let open = -1;
  for (let i = start; i < words.length; i++) {
    const { key = '', depth = 0 } = words[i] ?? {};
    if (depth < open || endsFrom.has(key)) open = -1;
    // `a IS DISTINCT FROM b` compares.
    const isFrom = key === 'JOIN' || (key === 'FROM' && words[i - 1]?.key !== 'DISTINCT');
    if (!isFrom && (key !== ',' || depth !== open)) continue;
    open = depth;
    places.push(i + 1);
  }
  return places;
}

const endsFrom: ReadonlySet<string> = new Set('WHERE GROUP ORDER LIMIT UNION EXCEPT INTERSECT SELECT'.split(' '));

/** The tables that a statement writes, then those that it reads, in subqueries too; the same one as often as it is named. */
export function tablesIn(words: readonly Word[]): FromTable[] {
  const targets = words.flatMap(({ key }, i) => (key === 'UPDATE' || key === 'INTO' ? [i + 1] : []));
  return [...targets, ...placesOfTables(words, 0)].flatMap((at) => tableAt(words, at) ?? []);
}

/** The table whose name begins at `at`, with its alias; null where a query or a function stands there. */
export function tableAt(words: readonly Word[], at: number): FromTable | null {
  const last = words[at + 1]?.text === '.' ? at + 2 : at;
  const name = nameOf(words[last]);
  if (name === null || words[last + 1]?.text === '(') return null;
  const behind = words[last + 1];
  const alias = behind?.key === 'AS' ? words[last + 2] : afterTable.has(behind?.key ?? '') ? undefined : behind;
  return { name, alias: nameOf(alias) ?? name };
}

/** Words that follow a table and are no other name for it. */
export const afterTable: ReadonlySet<string> = new Set([
  ...['WHERE', 'JOIN', 'LEFT', 'RIGHT', 'FULL', 'INNER', 'OUTER', 'CROSS', 'NATURAL', 'ON', 'USING', 'INDEXED', 'NOT'],
  ...['GROUP', 'ORDER', 'LIMIT', 'HAVING', 'UNION', 'EXCEPT', 'INTERSECT', 'WINDOW', 'SET', 'VALUES', 'SELECT'],
  ...['DEFAULT', 'FROM', 'AND', 'OR', 'IS', 'RETURNING', 'WHEN', 'THEN', 'ELSE', 'END'],
]);
