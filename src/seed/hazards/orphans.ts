import { describeHazard } from '../../hazards/hazards.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Childless, Hazard, HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import { sameName } from '../../sql/quote.ts';
import { varied } from '../../text/vary.ts';
import type { Reference } from '../reading/references.ts';
import { affinityOf } from '../values/affinity.ts';
import { streamKey } from '../values/streams.ts';
import type { Hosts } from './hosts.ts';

/** How many rows share a parent. */
const siblings = 3;

/** The terms on which rows without a parent are made. */
interface Terms {
  readonly seed: number;
  /** Whether the database enforces foreign keys. */
  readonly foreignKeys: boolean;
}

/** The hazards of a reference: a row that points nowhere, and several that point at one parent. */
export function hazardsOfReference(
  table: Table,
  reference: Reference,
  plain: ReadonlyMap<string, SqlValue>,
  terms: Terms,
  hosts: Hosts,
): Hazard[] {
  const { columns } = reference;
  const strays = isKept(table, reference, terms.foreignKeys) ? [] : strayOf(table, reference, plain, terms, hosts);
  if (columns.some((column) => (plain.get(column) ?? null) === null)) return strays;
  const children = Array.from({ length: siblings }, (_, i) =>
    hosts({ table, label: `${columns.join(', ')} many-children ${i}`, shared: [reference], outside: true }),
  ).flatMap((rows) => rows ?? []);
  return [...strays, ...(children.length > 0 ? hazardBy('many-children', table, reference, children) : [])];
}

/**
 * A row that points nowhere: of a key that is declared and enforced too, which it got past where it was not enforced.
 */
export function strayOf(
  table: Table,
  reference: Reference,
  plain: ReadonlyMap<string, SqlValue>,
  { seed, foreignKeys }: Terms,
  hosts: Hosts,
): Hazard[] {
  const { columns, declared, parent, parentColumns } = reference;
  // The plain row of a tree is its root, which points nowhere; another row points at one that is gone.
  const keyOf = (i: number): SqlValue => (parent === table ? (plain.get(parentColumns[i] ?? '') ?? null) : null);
  const values = columns.map((column, i) => plain.get(column) ?? keyOf(i));
  if (values.includes(null)) return [];
  const name = columns.join(', ');
  const stray = strayFrom(values.at(-1) ?? null, streamKey(seed, table.name, name, 'orphan'));
  const awkward = new Map(columns.map((column, i): [string, SqlValue] => [column, values[i] ?? null]));
  const rows = hosts({
    table,
    label: `${name} orphan`,
    awkward: awkward.set(columns.at(-1) ?? '', stray),
    unenforced: declared && foreignKeys,
  });
  return rows === null ? [] : hazardBy('orphan', table, reference, rows);
}

function hazardBy(
  kind: 'orphan' | 'many-children',
  { name: table }: Table,
  { columns, parent, parentColumns }: Reference,
  rows: readonly HazardRow[],
): Hazard[] {
  const subject = { table, columns, parent: parent.name, parentColumns };
  return [{ kind, table, columns, ...describeHazard(kind, subject), rows }];
}

/** Whether a reference is a key that keeps orphans out, as long as every connection enforces it. */
export function isKept(table: Table, reference: Reference, foreignKeys: boolean): boolean {
  return reference.declared && foreignKeys && !isOfTwoTypes(table, reference);
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
