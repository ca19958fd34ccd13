import { describeHazard } from '../../hazards/hazards.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardRow } from '../../model/hazard.ts';
import type { Migration } from '../../model/history.ts';
import type { Table } from '../../model/schema.ts';
import { sameName } from '../../sql/quote.ts';
import { lastRow } from './draft.ts';
import type { Hosts } from './hosts.ts';
import { partialKeys } from './new-partial-keys.ts';
import type { Sources } from './sources.ts';
import type { Children } from './with-children.ts';

/**
 * Twins of the plain row, inside each partial unique index that the migration makes too, and a newest row that is
 * gone. Of several keys that the migration makes, each gets a row that repeats that key alone: a twin fails at the
 * first.
 */
export function hazardsOfTable(
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  migration: Migration,
  { newKeysOf, waysOutOf }: Sources,
  hosts: Hosts,
  childrenOf: Children,
): Hazard[] {
  const hazards: Hazard[] = [];
  const add = (rows: readonly HazardRow[] | null, other: ReadonlyMap<string, SqlValue> | undefined): void => {
    const columns = [...(rows?.at(-1)?.values ?? [])]
      .filter(([name, value]) => value !== null && value === other?.get(name))
      .map(([name]) => name);
    const twin = rows?.at(-1);
    if (rows === null || twin === undefined || columns.length === 0) return;
    hazards.push({
      kind: 'duplicate',
      table: table.name,
      columns,
      ...describeHazard('duplicate', { table: table.name, columns }),
      rows: [...rows, ...childrenOf(twin, `duplicate ${hazards.length}`)],
    });
  };
  add(hosts({ table, label: 'duplicate', twin: true }), plain);
  if (table.indexes.some((index) => index.unique && waysOutOf(table, index).length > 0))
    add(hosts({ table, label: 'duplicate outside', twin: true, outside: true }), plain);
  const keys = newKeysOf(table);
  if (keys.length > 1) {
    for (const names of keys) {
      const awkward = valuesOf(names, plain);
      if (awkward.size > 0) add(hosts({ table, label: `duplicate ${names.join()}`, awkward }), plain);
    }
  }
  partialKeys(migration, table).forEach(({ values, names }, i) => {
    if ([...values].every(([column, value]) => plain.get(column) === value)) return;
    const isTwin = keys.length < 2;
    const label = `duplicate within ${i}`;
    const one = hosts({ table, label: `${label} one`, awkward: values, twin: isTwin });
    const held = one?.at(-1)?.values ?? plain;
    const awkward = isTwin ? values : new Map([...valuesOf(names, held), ...values]);
    const other = hosts({ table, label: `${label} other`, awkward, twin: isTwin });
    add(one && other && [...one, ...other], held);
  });
  const last = table.autoincrement ? hosts({ table, label: lastRow, deleted: true }) : null;
  const id = table.rowidAlias;
  if (last !== null && id !== null) {
    hazards.push({
      kind: 'deleted-last-row',
      table: table.name,
      columns: [id],
      ...describeHazard('deleted-last-row', { table: table.name, column: id }),
      rows: last,
    });
  }
  return hazards;
}

/** The values of a row in those of the names that are columns. */
function valuesOf(names: readonly string[], row: ReadonlyMap<string, SqlValue>): ReadonlyMap<string, SqlValue> {
  return new Map([...row].filter(([column]) => names.some((name) => sameName(name, column))));
}
