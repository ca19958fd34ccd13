import type { SqlValue } from '../model/connection.ts';
import type { Column } from '../model/schema.ts';
import { includesName } from '../sql/quote.ts';
import { columnsNamed } from '../sql/tables.ts';
import { isNullable } from './nulls.ts';
import type { Reference } from './reading/references.ts';
import type { RowPlan } from './row-plan.ts';
import { takes } from './values/affinity.ts';
import { satisfies } from './values/fit.ts';

/** How the columns of a reference point, in a row that is searched for as in one that is drawn. */
export interface Pointing {
  readonly columns: readonly Column[];
  readonly isToItself: boolean;
  /** Which of the columns may be NULL. */
  readonly nullable: readonly boolean[];
  readonly isOrdinarilyNull: boolean;
  /**
   * Its place among the references of one column each to the same parent, in the order of the columns: SQLite lists keys
   * from the last to the first. Each of them points at another row.
   */
  readonly rank: number;
  /** How many there are of them. */
  readonly ranks: number;
  /** Whether the columns can hold a key of the parent. */
  readonly holds: (key: readonly SqlValue[]) => boolean;
}

/** Describes how a reference of a table points. */
export function pointingOf({ table, references, valuesOf }: RowPlan, reference: Reference): Pointing {
  const columns = columnsNamed(table, reference.columns);
  const rivals = references.flatMap((other) =>
    other.parent === reference.parent && other.columns.length === 1 ? other.columns : [],
  );
  const ranked = table.columns.filter(({ name }) => includesName(rivals, name));
  const [column, second] = columns;
  const isAlone = column !== undefined && second === undefined;
  return {
    columns,
    isToItself: reference.parent.name === table.name,
    nullable: columns.map((column) => isNullable(table, column)),
    isOrdinarilyNull: columns.some((column) => valuesOf(column).isOrdinarilyNull),
    rank: isAlone ? ranked.indexOf(column) : 0,
    ranks: isAlone ? ranked.length : 1,
    // An undeclared one must not put a text into an INTEGER column, nor a value there that a CHECK forbids.
    holds: (key) =>
      reference.declared || columns.every((column, i) => isPlain(valuesOf(column).facts, column, key[i] ?? null)),
  };
}

function isPlain({ demanded }: ReturnType<RowPlan['facts']>, { type }: Column, value: SqlValue): boolean {
  return takes(type, value) && demanded.every((condition) => satisfies(value, condition));
}
