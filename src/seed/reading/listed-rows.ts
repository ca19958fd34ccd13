import type { Migration, Statement } from '../../model/history.ts';
import { readUpdate } from '../../sql/assignments.ts';
import { readCondition } from '../../sql/change-parts.ts';
import { type Constant, readParts } from '../../sql/parts.ts';
import { foldName, sameName, unquote } from '../../sql/quote.ts';
import { tablesMadeBy } from './destinations.ts';
import type { Mention } from './events.ts';

/** From how many rows on, each named by itself, statements list all rows that a table has. */
const leastRows = 3;

/** A row that an UPDATE picks by a constant in one column. */
interface Pick {
  readonly table: string;
  readonly sets: readonly string[];
  /** Null where it picks rows in another way. */
  readonly by: { readonly column: string; readonly value: Constant } | null;
}

/**
 * Reads the lists of rows that a migration names one by one to fill a column that it then requires: the application brings these
 * rows, and to its author there are no others.
 */
export function readListedRows(migration: Migration): Mention[] {
  const { statements } = migration;
  const picks = statements.flatMap(pickIn);
  const made = [...tablesMadeBy(migration).values()];
  const isRequired = (column: string): boolean => made.some(({ required }) => required.has(foldName(column)));
  const groups = Map.groupBy(
    picks.flatMap((pick) => pick.sets.map((set) => ({ ...pick, set }))),
    ({ table, set }) => `${foldName(table)}\0${foldName(set)}`,
  );
  return [...groups.values()].flatMap((group): Mention[] => {
    const [first] = group;
    const column = first?.by?.column;
    if (first === undefined || column === undefined || !isRequired(first.set)) return [];
    const values = new Set(group.flatMap(({ by }) => (by !== null && sameName(by.column, column) ? [by.value] : [])));
    if (values.size < Math.max(leastRows, group.length)) return [];
    const names = new Set([first.table, column].map(foldName));
    return [{ names, readings: [{ column, condition: { kind: 'one-of', values: [...values], closed: true } }] }];
  });
}

function pickIn({ head, sql }: Statement): Pick[] {
  if (head.verb !== 'update' || head.target === null) return [];
  const [name, equals, value, more] = readParts(readCondition(sql) ?? '');
  // A double-quoted text that names no column is a constant where SQLite takes it for one.
  const constant = value?.constant ?? (value?.name == null ? null : unquote(value.name));
  const isOne = name?.name != null && (equals?.key === '=' || equals?.key === 'IS') && more === undefined;
  const by = isOne && name.name !== null && constant !== null ? { column: name.name, value: constant } : null;
  return [{ table: head.target, sets: readUpdate(sql).assignments.map(({ column }) => column), by }];
}
