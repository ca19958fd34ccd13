import type { SqlValue } from '../../../model/connection.ts';
import type { Childless, Hazard } from '../../../model/hazard.ts';
import type { Table } from '../../../model/schema.ts';
import { columnNamed } from '../../../sql/tables.ts';
import { varied } from '../../../text/vary.ts';
import type { Reference } from '../../reading/references.ts';
import { affinityOf } from '../../values/affinity.ts';
import { streamKey } from '../../values/streams.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';

/** How many rows share a parent. */
const siblings = 3;

/** The hazards of each reference: a row that points nowhere, and several that point at one parent. */
export function hazardsOfReferences(request: HazardRequest): Hazard[] {
  return request.references.flatMap((reference) => [
    ...(isKept(request, reference) ? [] : strayOf(request, reference)),
    ...manyChildren(request, reference),
  ]);
}

/** The rows of a table without a parent, by those of its enforced keys that `isWanted`: they got past one where it was not enforced. */
export function straysOf(
  request: HazardRequest,
  isWanted: (table: string, columns: readonly string[]) => boolean,
): Hazard[] {
  const wanted = request.references.filter(
    (reference) => isKept(request, reference) && isWanted(request.table.name, reference.columns),
  );
  // SQLite lists the last key first.
  return wanted.toReversed().flatMap((reference) => strayOf(request, reference));
}

/** The parents that no row of a table refers to; the table itself is none. */
export function childlessBy({ table, references }: HazardRequest): Childless[] {
  return references
    .filter(({ parent }) => parent !== table)
    .map(({ columns, parent, parentColumns }) => {
      return { table: parent.name, columns: parentColumns, child: table.name, by: columns };
    });
}

function manyChildren({ table, plain, host }: HazardRequest, reference: Reference): Hazard[] {
  const { columns } = reference;
  if (columns.some((column) => (plain.get(column) ?? null) === null)) return [];
  const children = Array.from({ length: siblings }, (_, i) =>
    host({
      table,
      label: `${columns.join(', ')} many-children ${i}`,
      values: new Map(columns.map((column) => [column, plain.get(column) ?? null])),
      outside: true,
    }),
  );
  const rows = children.flatMap((each) => each ?? []);
  return hazardOf('many-children', subjectOf(table, reference), rows);
}

function strayOf({ seed, table, plain, foreignKeys, host }: HazardRequest, reference: Reference): Hazard[] {
  const { columns, declared, parent, parentColumns } = reference;
  // The plain row of a tree is its root, which points nowhere; another row points at one that is gone.
  const keyOf = (i: number): SqlValue => (parent === table ? (plain.get(parentColumns[i] ?? '') ?? null) : null);
  const values = columns.map((column, i) => plain.get(column) ?? keyOf(i));
  if (values.includes(null)) return [];
  const name = columns.join(', ');
  const stray = strayFrom(values.at(-1) ?? null, streamKey(seed, table.name, name, 'orphan'));
  const awkward = new Map(columns.map((column, i): [string, SqlValue] => [column, values[i] ?? null]));
  awkward.set(columns.at(-1) ?? '', stray);
  const rows = host({ table, label: `${name} orphan`, values: awkward, unenforced: declared && foreignKeys });
  return hazardOf('orphan', subjectOf(table, reference), rows);
}

function subjectOf({ name: table }: Table, { columns, parent, parentColumns }: Reference) {
  return { table, columns, parent: parent.name, parentColumns };
}

/** Whether a reference is a key that keeps orphans out, as long as every connection enforces it. */
function isKept({ table, foreignKeys }: HazardRequest, reference: Reference): boolean {
  return reference.declared && foreignKeys && !isOfTwoTypes(table, reference);
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
  const affinity = (of: Table, name = ''): string => affinityOf(columnNamed(of, name)?.type ?? '');
  return columns.some((column, i) => {
    const [held, kept] = [affinity(table, column), affinity(parent, parentColumns[i])];
    return (held === 'text') !== (kept === 'text') && held !== 'blob' && kept !== 'blob';
  });
}
