import type { Database } from '../../database/connection.ts';
import { mustRead } from '../../database/reading.ts';
import type { ColumnSource, Miswritten } from '../../model/change.ts';
import type { State } from '../../model/outcome.ts';
import type { Schema, Table } from '../../model/schema.ts';
import type { Flow, FlowTable } from '../../sql/flow.ts';
import { foldName, quoteName, sameName, unquote } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';
import { significantTokens } from '../../sql/tokens.ts';

/**
 * Finds the columns, new ones too, that hold the name of a column because a statement says it in quotes: in double ones,
 * of any column; in single ones, of one of the table or of one that is gone, unless the table's own text knows the word.
 */
export function findLiterals(db: Database, flow: Flow, before: Schema, { schema, rows }: State): Miswritten[] {
  return flow.tables.flatMap((end) => {
    const table = tableNamed(schema, end.name);
    return (table?.kind === 'table' ? table.columns : []).flatMap(({ name: column }) => {
      const literals = (end.feeds.get(foldName(column)) ?? []).concat(end.added.get(foldName(column)) ?? []);
      return literals.flatMap((feed): Miswritten[] => {
        const text = textOf(feed);
        if (table === undefined || text === null) return [];
        if (feed.kind === 'intended' && !isNameIn(text, before, schema, table, end)) return [];
        const query = `SELECT count(*) FROM main.${quoteName(table.name)} WHERE ${quoteName(column)} IS ? COLLATE BINARY`;
        const count = (): number => db.prepare<[string], number>(query).pluck().get(text) ?? 0;
        const found = mustRead(db, `The column ${table.name}.${column}`, count);
        if (found === 0) return [];
        const [of, keys] = [rows.get(table.name) ?? 0, { columns: [], rows: [] }];
        const { statement } = feed;
        return [{ how: 'literal-text', table: table.name, column, rows: found, of, statement, keys }];
      });
    });
  });
}

function textOf(feed: ColumnSource): string | null {
  if (feed.kind === 'literal') return feed.text;
  return feed.kind === 'intended' ? (feed.by?.text ?? null) : null;
}

function isNameIn(text: string, before: Schema, after: Schema, table: Table, end: FlowTable): boolean {
  const was = tableNamed(before, end.before ?? end.name);
  const has = (one: Table | undefined): boolean => one?.columns.some(({ name }) => sameName(name, text)) === true;
  const isGone = before.tables.some((one) => has(one) && !has(tableNamed(after, one.name)));
  if (!has(table) && !has(was) && !isGone) return false;
  // `CHECK (sort_by IN ('name', 'date'))` and `DEFAULT 'name'` make a word of it.
  return ![table, was].some((one) => stringsIn(one?.sql ?? '').has(text));
}

function stringsIn(sql: string): ReadonlySet<string> {
  const strings = significantTokens(sql).filter(({ kind }) => kind === 'string');
  return new Set(strings.map(({ text }) => unquote(text)));
}
