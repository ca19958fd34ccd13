import type { SqlValue } from '../../model/connection.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { readConditions } from '../../sql/conditions.ts';
import type { Constant } from '../../sql/parts.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { columnNamed, tableNamed } from '../../sql/tables.ts';
import { type Transfer, transfersIn } from '../../sql/transfers.ts';
import { append } from './append.ts';
import { destinationOf } from './destinations.ts';

/** Columns that are filled in the rows that hold one of some values in another column. */
export interface Demand {
  readonly columns: readonly string[];
  readonly when: { readonly column: string; readonly values: readonly Constant[] };
}

/** The demands of migrations to come on the rows of today. */
export interface Demands {
  /** By the folded name of a table. */
  readonly ofTable: ReadonlyMap<string, readonly Demand[]>;
  /**
   * Whether only rows of a later form of the table can hold a constant in a column, all by their folded names: what is copied out of
   * them where NULL is not allowed has no column yet.
   */
  readonly areToCome: (table: string, column: string, constant: Constant) => boolean;
}

/**
 * Reads the columns that a migration to come copies where NULL is not allowed, out of the rows that it picks by a literal
 * (`WHERE kind = 'image'`): the application fills them in those rows, whatever they hold in others.
 */
export function readDemands(migrations: readonly Migration[], schema: Schema): Demands {
  const demands = new Map<string, Demand[]>();
  const toCome = new Set<string>();
  for (const migration of migrations) {
    for (const transfer of transfersIn(migration)) {
      if (transfer.statement.head.verb !== 'insert' || transfer.select.where === null) continue;
      for (const { table, demand, isMissing } of demandsOf(transfer, migration, schema)) {
        const name = foldName(table.name);
        const { column, values } = demand.when;
        if (isMissing) for (const value of values) toCome.add(keyOf(name, foldName(column), value));
        else append(demands, name, [demand]);
      }
    }
  }
  return { ofTable: demands, areToCome: (...place) => toCome.has(keyOf(...place)) };
}

function keyOf(table: string, column: string, constant: Constant): string {
  return JSON.stringify([table, column, String(constant)]);
}

/** The demands of one SELECT on the tables that it reads, joined ones too: each by a literal in a column of its own. */
function demandsOf(
  { target, into, select: { items, tables, where } }: Transfer,
  migration: Migration,
  schema: Schema,
): { readonly table: Table; readonly demand: Demand; readonly isMissing: boolean }[] {
  const { columns, required } = destinationOf(target, migration, schema);
  const names = into ?? columns;
  const conditions = readConditions(where ?? '');
  return tables.flatMap((from) => {
    const table = tableNamed(schema, from?.name ?? '');
    if (from === null || table === undefined || table.kind !== 'table') return [];
    const isOf = (qualifier: string | null): boolean =>
      qualifier === null ? tables.length === 1 : sameName(qualifier, from.alias);
    const asked = items.flatMap(({ column }, i) =>
      column !== null && required.has(foldName(names[i] ?? '')) && isOf(column.qualifier)
        ? [columnNamed(table, column.name)?.name ?? null]
        : [],
    );
    const [when] = conditions.flatMap(({ column, condition }) => {
      const own = columnNamed(table, column);
      return own === undefined || condition.kind !== 'one-of' ? [] : [{ column: own.name, values: condition.values }];
    });
    if (when === undefined || asked.length === 0) return [];
    const there = asked.filter((name) => name !== null);
    return [{ table, demand: { columns: there, when }, isMissing: there.length < asked.length }];
  });
}

/** Whether a row is one of those that a demand is about. */
export function isDemanded({ when }: Demand, heldIn: (column: string) => SqlValue | undefined): boolean {
  const value = heldIn(when.column);
  return value !== undefined && value !== null && when.values.some((each) => String(each) === String(value));
}
