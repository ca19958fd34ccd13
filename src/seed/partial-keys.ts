import type { SqlValue } from '../model/connection.ts';
import type { Migration } from '../model/history.ts';
import type { Column, Table } from '../model/schema.ts';
import type { Condition } from '../sql/conditions.ts';
import { type IndexTerm, readIndexCondition, readIndexConditions } from '../sql/index-condition.ts';
import { readLineage } from '../sql/lineage.ts';
import { constantOf } from '../sql/literals.ts';
import { sameName } from '../sql/quote.ts';
import { columnNamed } from '../sql/tables.ts';
import { readUniques } from '../sql/uniques.ts';
import { isNullable } from './nulls.ts';
import type { ColumnFacts } from './reading/facts.ts';
import { words } from './reading/names.ts';
import { takes } from './values/affinity.ts';
import { satisfies } from './values/fit.ts';
import { isFlagName } from './values/flags.ts';

/** Columns that are unique together. */
export interface UniqueKey {
  /** The names in it, columns and others. */
  readonly names: readonly string[];
  /** The condition of a partial index, outside of which rows are free; null for a whole one. */
  readonly condition: string | null;
}

/** A column by which a row can be outside a partial index. https://sqlite.org/partialindex.html */
export interface WayOut {
  readonly column: string;
  /** The value of the column outside; undefined for any value but NULL. */
  readonly value: SqlValue | undefined;
  /** Whether a row that holds this value is outside. */
  readonly isOutside: (value: SqlValue) => boolean;
}

/** The partial unique indexes of a table. */
export function partialKeysOf({ indexes }: Table): UniqueKey[] {
  return indexes.flatMap(({ unique, partial, sql, columns }): UniqueKey[] => {
    const condition = unique && partial ? readIndexCondition(sql ?? '') : null;
    if (condition === null) return [];
    const named = columns.filter((column) => column !== null);
    return [{ names: named.length === columns.length ? named : readUniques(sql ?? '').flat(), condition }];
  });
}

/**
 * The partial unique indexes that a migration makes on a table. A table that is made anew takes over the name of the old
 * one.
 */
export function newPartialKeys(migration: Migration, table: Table): UniqueKey[] {
  const { nameAtStart } = readLineage(migration);
  return migration.statements.flatMap(({ head, index, sql }) => {
    const names = head.verb === 'create-index' ? readUniques(sql).flat() : [];
    const condition = names.length > 0 ? readIndexCondition(sql) : null;
    if (condition === null || head.target === null) return [];
    return sameName(nameAtStart(head.target, index) ?? head.target, table.name) ? [{ names, condition }] : [];
  });
}

/** A condition of an index on one column of a table. */
interface Term {
  readonly column: Column;
  readonly condition: IndexTerm['condition'];
}

function termsOf(condition: string, table: Table): Term[] {
  return readIndexConditions(condition).flatMap((term) => {
    const column = columnNamed(table, term.column);
    return column === undefined || column.generated !== 'no' ? [] : [{ column, condition: term.condition }];
  });
}

/**
 * The columns by which a row can be outside an index: those of a condition without OR that a plain value does not meet.
 * None where the condition is not understood: then the index counts as a whole one.
 */
export function waysOut(condition: string, table: Table, factsOf: (column: string) => ColumnFacts): readonly WayOut[] {
  return termsOf(condition, table).flatMap(({ column, condition: term }): WayOut[] => {
    const nullable = isNullable(table, column);
    if (term.kind === 'filled')
      return nullable ? [{ column: column.name, value: null, isOutside: (value) => value === null }] : [];
    if (term.kind === 'null-test')
      return [{ column: column.name, value: undefined, isOutside: (value) => value !== null }];
    const value = valueAgainst(term, column, factsOf(column.name), nullable);
    return value === undefined ? [] : [outOf(column, term, value)];
  });
}

/** The values of a row that is inside an index by column name, as far as its condition is simple. */
export function valuesInside(condition: string, table: Table): ReadonlyMap<string, SqlValue> {
  return new Map(
    termsOf(condition, table).flatMap(({ column, condition: term }): [string, SqlValue][] => {
      const value = valueThat(term);
      return value === undefined ? [] : [[column.name, value]];
    }),
  );
}

function valueThat(term: Term['condition']): SqlValue | undefined {
  if (term.kind === 'null-test') return null;
  if (term.kind === 'one-of') return term.values[0];
  if (term.kind === 'none-of') return term.values.join() === '0' ? 1 : undefined;
  if (term.kind !== 'number') return undefined;
  const { comparison, number } = term;
  return comparison === '>' ? number + 1 : comparison === '<' ? number - 1 : number;
}

function outOf({ name }: Column, condition: Condition, value: SqlValue): WayOut {
  return { column: name, value, isOutside: (held) => held === null || !satisfies(held, condition) };
}

/** Whether a row is outside by one of some ways; a cell that is left to SQLite holds the default. */
export function isOutside(ways: readonly WayOut[], table: Table, row: ReadonlyMap<string, SqlValue>): boolean {
  return ways.some(({ column, isOutside: isOut }) => {
    const cell = row.has(column) ? row.get(column) : constantOf(columnNamed(table, column)?.default ?? null);
    return isOut(cell ?? null);
  });
}

/** States that rows come to in the end. */
const otherWords: readonly string[] = ['archived', 'closed'];

/** A plausible value that does not meet a condition; undefined where none is known. */
function valueAgainst(
  condition: Condition,
  column: Column,
  { demanded, expected, compared }: ColumnFacts,
  nullable: boolean,
): SqlValue | undefined {
  if (condition.kind === 'none-of') return condition.values[0];
  if (condition.kind === 'number') {
    const { comparison, number } = condition;
    if (comparison === '=') return undefined;
    if (comparison === '>' || comparison === '>=') return comparison === '>' ? number : number - 1;
    return comparison === '<' ? number : number + 1;
  }
  if (condition.kind !== 'one-of') return nullable ? null : undefined;
  const { values } = condition;
  const lists = [...demanded, ...expected, ...compared].flatMap((each) => (each.kind === 'one-of' ? each.values : []));
  const other = lists.find((value) => !values.includes(value) && takes(column.type, value));
  if (other !== undefined) return other;
  const isFlag = values.every((value) => value === 0 || value === 1);
  if (isFlag && values.length === 1) return values[0] === 1 ? 0 : 1;
  if (nullable) return null;
  // A number other than a flag counts or orders, and any other number will do.
  const [first] = values;
  if (typeof first === 'number') return isFlagName(words(column.name).join('_')) ? undefined : first + 1;
  // Where no CHECK lists the words of the application, it has others than those that an index names.
  const isListed = [...demanded, ...expected].some(({ kind }) => kind === 'one-of');
  return isListed || first === undefined ? undefined : otherWords.find((word) => !values.includes(word));
}
