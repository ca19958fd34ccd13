import type { SqlValue } from '../../model/connection.ts';
import type { Hazard } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import { describeDuplicate } from '../../sql/duplicate.ts';
import { quoteName, quoteString } from '../../sql/quote.ts';
import type { Carriers } from './carriers.ts';
import { lastRow } from './draft.ts';
import { varied } from './vary.ts';

/** Any number: what counts is that the value is another one. */
const another = 104_729;

/** A twin of the plain row, and a newest row that is gone. */
export function hazardsOfTable(table: Table, plain: ReadonlyMap<string, SqlValue>, carriers: Carriers): Hazard[] {
  const hazards: Hazard[] = [];
  const twin = carriers({ table, label: 'duplicate', twin: true });
  const values = twin?.at(-1)?.values ?? new Map<string, SqlValue>();
  const columns = [...values]
    .filter(([name, value]) => value !== null && value === plain.get(name))
    .map(([name]) => name);
  if (twin !== null && columns.length > 0) {
    hazards.push({
      kind: 'duplicate',
      table: table.name,
      columns,
      ...describeDuplicate(table.name, columns),
      rows: twin,
      others: new Map(columns.map((name) => [name, varied(values.get(name) ?? null, another, true)])),
    });
  }
  const last = table.autoincrement ? carriers({ table, label: lastRow, deleted: true }) : null;
  const id = table.rowidAlias;
  if (last !== null && id !== null) {
    const newest = `(SELECT max(${quoteName(id)}) FROM ${quoteName(table.name)})`;
    hazards.push({
      kind: 'deleted-last-row',
      table: table.name,
      columns: [id],
      needs: `that the newest row of ${table.name} was deleted`,
      query: `SELECT seq, ${newest} FROM sqlite_sequence WHERE name = ${quoteString(table.name)}`,
      rows: last,
    });
  }
  return hazards;
}
