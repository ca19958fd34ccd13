import type { SqlValue } from '../../model/connection.ts';
import type { Childless, Hazard, HazardKind } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import { quoteName, quoteNames, sameName } from '../../sql/quote.ts';
import type { Reference } from '../reading/references.ts';
import { affinityOf } from '../values/affinity.ts';
import { streamKey } from '../values/streams.ts';
import type { Carriers } from './carriers.ts';
import { varied } from './vary.ts';

/** How many rows share a parent. */
const siblings = 3;

/** The hazards of a reference: a row that points nowhere, and several that point at one parent. */
export function hazardsOfReference(
  table: Table,
  reference: Reference,
  plain: ReadonlyMap<string, SqlValue>,
  { seed, foreignKeys }: { readonly seed: number; readonly foreignKeys: boolean },
  carriers: Carriers,
): Hazard[] {
  const { columns, parent, parentColumns, declared } = reference;
  const values = columns.map((column) => plain.get(column) ?? null);
  if (values.some((value) => value === null)) return [];
  const name = columns.join(', ');
  const pairs = columns.map((column, i) => [column, parentColumns[i] ?? 'rowid'] as const);
  const given = columns.map((column) => `${quoteName(column)} IS NOT NULL`).join(' AND ');
  const from = `FROM ${quoteName(table.name)}`;
  const label = (kind: HazardKind): string => `${name} ${kind}`;
  const hazards: Hazard[] = [];

  const last = columns.at(-1) ?? '';
  const stray = strayFrom(values.at(-1) ?? null, streamKey(seed, table.name, name, 'orphan'));
  const match = pairs
    .map(([column, key]) => `parent.${quoteName(key)} = ${quoteName(table.name)}.${quoteName(column)}`)
    .join(' AND ');
  const isEnforced = declared && foreignKeys;
  const isPossible = !isEnforced || isOfTwoTypes(table, reference);
  const orphan =
    isPossible &&
    carriers({
      table,
      label: label('orphan'),
      awkward: new Map([...columns.map((column, i): [string, SqlValue] => [column, values[i] ?? null]), [last, stray]]),
      unenforced: isEnforced,
    });
  if (orphan) {
    hazards.push({
      kind: 'orphan',
      table: table.name,
      columns,
      needs: `a row of ${table.name} whose ${name} is in no row of ${parent.name}`,
      query: `SELECT count(*) ${from} WHERE ${given} AND NOT EXISTS (SELECT 1 FROM ${quoteName(parent.name)} AS parent WHERE ${match})`,
      rows: orphan,
    });
  }

  const children = Array.from({ length: siblings }, (_, i) =>
    carriers({ table, label: `${label('many-children')} ${i}`, shared: [reference], outside: true }),
  ).flatMap((rows) => rows ?? []);
  if (children.length > 0) {
    const names = quoteNames(columns);
    hazards.push({
      kind: 'many-children',
      table: table.name,
      columns,
      needs: `several rows of ${table.name} with the same ${name}`,
      query: `SELECT ${names}, count(*) ${from} WHERE ${given} GROUP BY ${names} HAVING count(*) > 1`,
      rows: children,
    });
  }
  return hazards;
}

/** A parent that no row of a table refers to; null where the table refers to itself. */
export function childlessBy(table: Table, { columns, parent, parentColumns }: Reference): Childless | null {
  return parent === table ? null : { table: parent.name, columns: parentColumns, child: table.name, by: columns };
}

/** A key that no row has; numbers lie beyond those of all rows that are made here. */
function strayFrom(value: SqlValue, number: number): SqlValue {
  if (typeof value === 'number') return 5_000_000 + (number % 900_000);
  if (typeof value === 'bigint') return 5_000_000n + BigInt(number % 900_000);
  return varied(value, number, true);
}

/**
 * Whether the two ends of a key have different types. Values such as '007' change on their way into such a column, so
 * that nobody who enforced the key kept it for long: its rows date from connections that did not.
 */
function isOfTwoTypes(table: Table, { columns, parent, parentColumns }: Reference): boolean {
  const affinity = ({ columns: all }: Table, name: string | undefined): string =>
    affinityOf(all.find((column) => sameName(column.name, name ?? ''))?.type ?? '');
  return columns.some((column, i) => {
    const [held, kept] = [affinity(table, column), affinity(parent, parentColumns[i])];
    return (held === 'text') !== (kept === 'text') && held !== 'blob' && kept !== 'blob';
  });
}
