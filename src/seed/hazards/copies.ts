import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Migration, Statement } from '../../model/history.ts';
import { sameName } from '../../sql/quote.ts';
import { readWriteText } from '../../sql/write-text.ts';

/** How many rows of one SELECT are read. */
const limit = 3;

/** The rows that an INSERT copies into its table. */
export interface Copied {
  readonly query: string;
  /** The columns that it writes; null for all. */
  readonly into: readonly string[] | null;
  /** Whether it counts the rows of the table that it writes. */
  readonly isCounted: boolean;
  readonly rows: readonly (readonly SqlValue[])[];
}

/** The rows that the statements of a migration copy, by the index of the statement. */
export type CopiedRows = ReadonlyMap<number, Copied>;

/** Reads what a migration copies of plain rows, before there are others. VALUES alone copy nothing: their keys can be read. */
export function readCopiedRows({ statements }: Migration, select: RowSink['select']): CopiedRows {
  return new Map(
    statements.flatMap((statement) => {
      const { head, index, sql } = statement;
      if (head.verb !== 'insert' && head.verb !== 'replace') return [];
      const { query, into } = readWriteText(sql);
      if (query === null || (/^values\b/i.test(query) && !/\bselect\b/i.test(query))) return [];
      const isCounted = isCounting(statement, query);
      return [[index, { query, into, isCounted, rows: select(isCounted ? countingOneMore(query) : query, limit) }]];
    }),
  );
}

/** Whether a query counts the rows of the table that it goes into. */
function isCounting({ head: { sources, target } }: Statement, query: string): boolean {
  return /\bcount\s*\(/i.test(query) && sources.some((source) => sameName(source, target ?? ''));
}

/** A query that gives the key after one more row, because the row that takes it is counted too. */
function countingOneMore(query: string): string {
  return query.replace(/\bcount\s*\(\s*\*\s*\)/gi, (count) => `(${count} + 1)`);
}
