import type { Schema, SchemaObject, Table } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';
import { type Condition, type Reading, readConditions } from './conditions.ts';
import { type Later, readMention } from './later.ts';

/** What the texts of a schema and of its later migrations say of one column. */
export interface ColumnFacts {
  /** By the CHECK constraints of its table. */
  readonly demanded: readonly Condition[];
  /** By CHECK constraints that a later migration will put on the table. */
  readonly expected: readonly Condition[];
  /** By what triggers, views, indexes and later statements compare it with. */
  readonly compared: readonly Condition[];
  /** Whether a partial index or a view tests it for NULL. */
  readonly testedForNull: boolean;
}

/** Gathers the facts on the columns of `table`; the result takes a column's name. */
export function readFacts(table: Table, schema: Schema, later: Later): (column: string) => ColumnFacts {
  const name = foldName(table.name);
  const own = schema.objects.filter((object) => concerns(object, name));
  const declarations = later.declarations.get(name) ?? [];
  const demanded = byColumn(table.checks.flatMap(readCheck));
  const expected = byColumn(declarations.flatMap(({ checks }) => checks.flatMap(readCheck)));
  const mentions = own.map(({ type, sql }) => ({ type, ...readMention(sql ?? '') }));
  const about = mentions.filter(({ names }) => names.has(name));
  const compared = byColumn([...about, ...later.mentions.filter(({ names }) => names.has(name))].flatMap(readingsOf));
  const tested = byColumn(about.filter(({ type }) => type === 'index' || type === 'view').flatMap(readingsOf));
  return (column) => {
    const key = foldName(column);
    return {
      demanded: demanded.get(key) ?? [],
      expected: expected.get(key) ?? [],
      compared: compared.get(key) ?? [],
      testedForNull: (tested.get(key) ?? []).some(({ kind }) => kind === 'null-test'),
    };
  };
}

/** Whether an object could say something of the rows of the table `name` (folded). */
function concerns({ table, sql, type }: SchemaObject, name: string): boolean {
  if (sql === null || (type === 'table' && foldName(table) !== name)) return false;
  return foldName(table) === name || foldName(sql).includes(name);
}

function readingsOf({ readings }: { readonly readings: readonly Reading[] }): readonly Reading[] {
  return readings;
}

/** The conditions of a CHECK. Where it says OR, what a column may be on either side is one list. */
function readCheck(check: string): Reading[] {
  const readings = readConditions(check);
  if (!/\b(?:OR|CASE)\b/i.test(check)) return readings;
  const merged = new Map<string, Extract<Condition, { kind: 'one-of' }>>();
  for (const { column, condition } of readings) {
    if (condition.kind !== 'one-of') continue;
    const values = [...(merged.get(column)?.values ?? []), ...condition.values];
    merged.set(column, { kind: 'one-of', values });
  }
  const lists = [...merged].map(([column, condition]) => ({ column, condition }));
  return [...lists, ...readings.filter(({ condition }) => condition.kind !== 'one-of')];
}

function byColumn(readings: readonly Reading[]): Map<string, Condition[]> {
  const grouped = new Map<string, Condition[]>();
  for (const { column, condition } of readings) {
    const key = foldName(column);
    const list = grouped.get(key);
    if (list === undefined) grouped.set(key, [condition]);
    else list.push(condition);
  }
  return grouped;
}
