import type { Database } from '../database/connection.ts';
import { quoteName } from '../sql/quote.ts';

/** Aggregates of one column, by name: SQL expressions in which `?` stands for the column. */
export type Aggregates = Readonly<Record<string, string>>;

/** The result of each aggregate; NULL counts as 0 and occurs only for bounds without values. */
export type Measured<A extends Aggregates> = Readonly<Record<keyof A, number>>;

/** Result columns of one SELECT; SQLite's own limit is 2000. https://sqlite.org/limits.html#max_column */
const columnLimit = 500;

/** The number of values for which `condition` holds. */
export function count(condition: string): string {
  return `count(*) FILTER (WHERE ${condition})`;
}

/** Measures columns of a table, many of them in one scan. Returns what `wanted` asks of each column, in its order. */
export function measure<A extends Aggregates>(
  db: Database,
  table: string,
  wanted: readonly { readonly column: string; readonly aggregates: A }[],
): Measured<A>[] {
  const expressions = wanted.flatMap(({ column, aggregates }) =>
    Object.values(aggregates).map((sql) => sql.replaceAll('?', () => quoteName(column))),
  );
  const values: (number | null)[] = [];
  for (let start = 0; start < expressions.length; start += columnLimit) {
    const list = expressions.slice(start, start + columnLimit).join(', ');
    values.push(
      ...(db
        .prepare<[], (number | null)[]>(`SELECT ${list} FROM main.${quoteName(table)}`)
        .raw()
        .get() ?? []),
    );
  }
  let next = 0;
  return wanted.map(({ aggregates }) => {
    const entries = Object.keys(aggregates).map((name) => [name, values[next++] ?? 0]);
    // The entries have the names of the aggregates, each with its number.
    return Object.fromEntries(entries) as Measured<A>;
  });
}
