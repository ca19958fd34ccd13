import type { SqlValue } from '../../model/connection.ts';
import type { Migration } from '../../model/history.ts';
import type { Table } from '../../model/schema.ts';
import { type Condition, readConditions } from '../../sql/conditions.ts';
import { readIndexCondition } from '../../sql/index-condition.ts';
import { readLineage } from '../../sql/lineage.ts';
import { readParts } from '../../sql/parts.ts';
import { sameName } from '../../sql/quote.ts';
import { columnNamed } from '../../sql/tables.ts';
import { readUniques } from '../../sql/uniques.ts';

/** A partial unique index. */
export interface PartialKey {
  /** The values of rows inside it by column name, as far as its condition is simple. */
  readonly values: ReadonlyMap<string, SqlValue>;
  /** The names in what it computes its key from, columns and others. */
  readonly names: readonly string[];
}

/**
 * The partial unique indexes that a migration makes on a table: a duplicate outside of them does not meet such an index.
 * https://sqlite.org/partialindex.html
 */
export function partialKeys(migration: Migration, table: Table): PartialKey[] {
  const { nameAtStart } = readLineage(migration);
  return migration.statements.flatMap(({ head, index, sql }) => {
    const names = head.verb === 'create-index' ? readUniques(sql).flat() : [];
    const condition = names.length > 0 ? readIndexCondition(sql) : null;
    if (condition === null || head.target === null) return [];
    // A table that is made anew takes over the name of the old one.
    if (!sameName(nameAtStart(head.target, index) ?? head.target, table.name)) return [];
    return [{ values: valuesOf(`WHERE ${condition}`, table), names }];
  });
}

function valuesOf(where: string, table: Table): ReadonlyMap<string, SqlValue> {
  const values = new Map<string, SqlValue>();
  for (const { column, condition } of readConditions(where)) {
    const name = columnNamed(table, column)?.name;
    const value = valueThat(condition);
    if (name !== undefined && value !== undefined) values.set(name, value);
  }
  for (const { column, value } of flagsIn(where)) {
    const name = columnNamed(table, column)?.name;
    if (name !== undefined && !values.has(name)) values.set(name, value);
  }
  return values;
}

function valueThat(condition: Condition): SqlValue | undefined {
  if (condition.kind === 'null-test') return null;
  if (condition.kind === 'one-of') return condition.values[0];
  if (condition.kind !== 'number') return undefined;
  const { comparison, number } = condition;
  return comparison === '>' ? number + 1 : comparison === '<' ? number - 1 : number;
}

const before: ReadonlySet<string> = new Set(['WHERE', 'AND', 'OR', '(', 'NOT']);
const after: ReadonlySet<string> = new Set(['AND', 'OR', ')', ';']);

/** Columns that are a condition by themselves: `WHERE is_primary`, `WHERE NOT deleted`. */
function flagsIn(where: string): { column: string; value: SqlValue }[] {
  const parts = readParts(where);
  return parts.flatMap(({ name }, i) => {
    const key = parts[i - 1]?.key ?? '';
    const next = parts[i + 1];
    const standsAlone = before.has(key) && (next === undefined || after.has(next.key));
    return name !== null && standsAlone ? [{ column: name, value: key === 'NOT' ? 0 : 1 }] : [];
  });
}
