import type { Database } from '../database/connection.ts';
import { quoteName } from '../sql/quote.ts';

/**
 * Aggregates of one column, by name: SQL expressions in which `?` stands for the column. In queries of their own they name `?column` and `?table`.
 */
export type Aggregates = Readonly<Record<string, string>>;

/** The result of each aggregate; NULL counts as 0 and occurs only for bounds without values. */
export type Measured<A extends Aggregates> = Readonly<Record<keyof A, number>>;

/** Result columns of one SELECT; SQLite's own limit is 2000. https://sqlite.org/limits.html#max_column */
const columnLimit = 500;

/** The number of values for which `condition` holds. */
export function count(condition: string): string {
  return `count(*) FILTER (WHERE ${condition})`;
}

/** Numbers by the names of aggregates, those that were not asked for as 0. */
export function named<A extends Aggregates>(aggregates: A, found: Readonly<Record<string, number>>): Measured<A> {
  const entries = Object.keys(aggregates).map((name) => [name, found[name] ?? 0]);
  // The entries have the names of the aggregates, each with its number.
  return Object.fromEntries(entries) as Measured<A>;
}

/** The question about one column. */
export interface AggregateRequest<A extends Aggregates> {
  readonly column: string;
  readonly aggregates: A;
  /** Expressions of the column that aggregates use as `?name`. */
  readonly shared?: Readonly<Record<string, string>>;
  /** Whether these take so long that each row computes them once. */
  readonly isCostly?: boolean;
}

/** Measures columns of a table, many of them in one scan. Returns what `wanted` asks of each column, in its order. */
export function measure<A extends Aggregates>(
  db: Database,
  table: string,
  wanted: readonly AggregateRequest<A>[],
): Measured<A>[] {
  const values: number[] = [];
  let next: AggregateRequest<A>[] = [];
  let length = 0;
  for (const each of [...wanted, null]) {
    const more = each === null ? 0 : Object.keys(each.aggregates).length;
    if (next.length > 0 && (each === null || length + more > columnLimit)) {
      values.push(...measureAtOnce(db, table, next));
      next = [];
      length = 0;
    }
    if (each !== null && more > 0) next.push(each);
    length += more;
  }
  let place = 0;
  return wanted.map(({ aggregates }) =>
    named(aggregates, Object.fromEntries(Object.keys(aggregates).map((name) => [name, values[place++] ?? 0]))),
  );
}

function measureAtOnce(db: Database, table: string, wanted: readonly AggregateRequest<Aggregates>[]): number[] {
  const isShared = wanted.some(({ isCostly }) => isCostly === true);
  const from = `main.${quoteName(table)}`;
  const own: string[] = [];
  const lists = wanted.flatMap(({ column, aggregates, shared = {} }, i) => {
    const name = isShared ? `c${i}` : quoteName(column);
    const rowOf = (sql: string): string => sql.replaceAll('?', () => quoteName(column));
    const sharedAs = (key: string): string => (isShared ? `${key}${i}` : `(${rowOf(shared[key] ?? '')})`);
    if (isShared) for (const [key, sql] of Object.entries(shared)) own.push(`${rowOf(sql)} AS ${key}${i}`);
    const meaning = (key: string): string => {
      if (key in shared) return sharedAs(key);
      if (key === 'column') return quoteName(column);
      return key === 'table' ? from : `${name}${key}`;
    };
    const list = Object.values(aggregates).map((sql) =>
      sql.replaceAll(/\?([a-z]*)/g, (_, key: string) => meaning(key)),
    );
    // A value that the aggregates do not need would be copied with its row.
    if (isShared && list.some((sql) => sql.includes(name))) own.push(`${quoteName(column)} AS ${name}`);
    return list;
  });
  // A LIMIT keeps SQLite from putting the expressions back into each place. https://sqlite.org/optoverview.html#flattening
  const rows = isShared ? `(SELECT ${own.join(', ')} FROM ${from} LIMIT -1)` : from;
  const found = db
    .prepare<[], (number | null)[]>(`SELECT ${lists.join(', ')} FROM ${rows}`)
    .raw()
    .get();
  return lists.map((_, i) => found?.[i] ?? 0);
}
