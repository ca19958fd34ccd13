import { foldName } from './quote.ts';

// Messages that name columns as `table.column`, with `, ` between two (insert.c, vdbe.c).
const listing = /^(?:(?:NOT NULL|UNIQUE) constraint failed: |cannot store \w+ value in \w+ column )(?!index ')(.+)$/s;

/**
 * The columns that a message of SQLite names: `UNIQUE constraint failed: t.a, t.b`. Names are not quoted there and may
 * hold points and commas, so the message is read by the names that there are.
 * @param table the table that the statement writes.
 * @param columns the columns of that table.
 * @returns null where the message is about another table, or lists no columns.
 */
export function namedColumns(message: string, table: string, columns: readonly string[]): string[] | null {
  let rest = listing.exec(message)?.[1] ?? '';
  const found: string[] = [];
  while (rest !== '') {
    if (!namesOf(rest, table)) return null;
    const list = rest.slice(table.length + 1);
    const column = columns
      .filter((each) => list === each || list.startsWith(`${each}, `))
      .reduce<string | null>((longest, each) => (each.length > (longest?.length ?? -1) ? each : longest), null);
    if (column === null) return null;
    found.push(column);
    rest = list.slice(column.length + 2);
  }
  return found.length === 0 ? null : found;
}

/** The table whose columns a message of SQLite names, as it is written there; null where it is another one than `table`. */
export function tableNamedIn(message: string, table: string): string | null {
  const list = listing.exec(message)?.[1] ?? '';
  return namesOf(list, table) ? list.slice(0, table.length) : null;
}

function namesOf(list: string, table: string): boolean {
  return foldName(list).startsWith(`${foldName(table)}.`);
}
