import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardRow } from '../../model/hazard.ts';
import type { Migration } from '../../model/history.ts';
import type { Table } from '../../model/schema.ts';
import { describeDuplicate } from '../../sql/duplicate.ts';
import { quoteName, quoteString } from '../../sql/quote.ts';
import type { Carriers } from './carriers.ts';
import { lastRow } from './draft.ts';
import { valuesWithin } from './within.ts';

/** Twins of the plain row, inside each partial unique index that the migration makes too, and a newest row that is gone. */
export function hazardsOfTable(
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  migration: Migration,
  carriers: Carriers,
): Hazard[] {
  const hazards: Hazard[] = [];
  const add = (rows: readonly HazardRow[] | null, other: ReadonlyMap<string, SqlValue> | undefined): void => {
    const columns = [...(rows?.at(-1)?.values ?? [])]
      .filter(([name, value]) => value !== null && value === other?.get(name))
      .map(([name]) => name);
    if (rows === null || columns.length === 0) return;
    hazards.push({
      kind: 'duplicate',
      table: table.name,
      columns,
      ...describeDuplicate(table.name, columns),
      rows,
    });
  };
  add(carriers({ table, label: 'duplicate', twin: true }), plain);
  valuesWithin(migration, table).forEach((awkward, i) => {
    if ([...awkward].every(([column, value]) => plain.get(column) === value)) return;
    const twin = (label: string): readonly HazardRow[] | null =>
      carriers({ table, label: `duplicate within ${i} ${label}`, awkward, twin: true });
    const [one, other] = [twin('one'), twin('other')];
    add(one && other && [...one, ...other], one?.at(-1)?.values);
  });
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
