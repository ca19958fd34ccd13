import type { Database } from '../database/connection.ts';
import { mustRead } from '../database/reading.ts';
import type { LiteralText } from '../model/change.ts';
import type { State } from '../model/outcome.ts';
import type { Flow } from '../sql/flow.ts';
import { foldName, quoteName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/** Finds the columns, new ones too, that hold the name that a copy gave in double quotes and no table had. */
export function findLiterals(db: Database, flow: Flow, { schema, rows }: State): LiteralText[] {
  return flow.tables.flatMap(({ name, feeds }) => {
    const table = tableNamed(schema, name);
    return (table?.kind === 'table' ? table.columns : []).flatMap(({ name: column }) =>
      (feeds.get(foldName(column)) ?? []).flatMap((feed): LiteralText[] => {
        if (table === undefined || feed.kind !== 'literal') return [];
        const query = `SELECT count(*) FROM main.${quoteName(table.name)} WHERE ${quoteName(column)} IS ? COLLATE BINARY`;
        const count = (): number => db.prepare<[string], number>(query).pluck().get(feed.text) ?? 0;
        const found = mustRead(db, `The column ${table.name}.${column}`, count);
        const of = rows.get(table.name) ?? 0;
        return found === 0 ? [] : [{ table: table.name, column, rows: found, of, statement: feed.statement }];
      }),
    );
  });
}
