import type { RowSink } from '../model/dataset.ts';
import type { RowNumbers } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';
import { moduleTables, tableNamed, tablesNamed, triggersOf } from '../sql/tables.ts';

/** A sink that looks into no table of which it is known how many rows it has. */
export interface RememberingSink extends RowSink {
  /**
   * The tables, folded, that rows may have been written to; undefined where triggers or modules may have written to
   * any.
   */
  readonly written: () => ReadonlySet<string> | undefined;
  /** Whether it has taken a row, as far as is known. */
  readonly hasTaken: () => boolean;
}

/**
 * Makes a sink remember what tables held when it was made, as long as nothing is put into them, and what it was asked to
 * put rows into.
 * @param rows how many rows each table has; null where nobody knows.
 */
export function remembering(sink: RowSink, schema: Schema, rows: RowNumbers | null): RememberingSink {
  const written = new Set<string>();
  let isAll = false;
  const write = (table: string): void => {
    written.add(table);
    isAll ||= triggersOf(schema, table).length > 0 || tableNamed(schema, table)?.kind !== 'table';
  };
  const known = (table: string): number | undefined => (isAll || written.has(table) ? undefined : rows?.get(table));
  return {
    ...sink,
    insert: (table, row, how) => {
      const verdict = sink.insert(table, row, how);
      // A row that is refused changes nothing.
      if (verdict === null) write(table);
      return verdict;
    },
    loader: (table, columns, guarded) => {
      write(table);
      return sink.loader(table, columns, guarded);
    },
    isEmpty: (table) => {
      const count = known(table);
      return count === undefined ? sink.isEmpty(table) : count === 0;
    },
    count: (table, columns) => (columns.length === 0 ? known(table) : undefined) ?? sink.count(table, columns),
    mayHaveFew: (asked, most) => {
      if (isAll || rows === null || asked !== schema) return asked.tables;
      const names = [...rows.withAtMost(most), ...written, ...moduleTables(schema).map(({ name }) => name)];
      return tablesNamed(schema, names);
    },
    hasTaken: () => written.size > 0,
    written: () => (isAll ? undefined : new Set([...written].map(foldName))),
  };
}
