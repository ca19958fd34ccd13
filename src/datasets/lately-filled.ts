import type { Assumed } from '../directives/assumptions.ts';
import type { Migration } from '../model/history.ts';
import { readUpdate } from '../sql/assignments.ts';
import { readCondition } from '../sql/change-parts.ts';
import { readConditions } from '../sql/conditions.ts';
import { isNeverNull } from '../sql/never-null.ts';
import { sameName } from '../sql/quote.ts';
import { nameAfter, type RenamedColumn } from '../sql/renames.ts';
import { isWithinADay } from '../text/file-time.ts';

/**
 * The columns that a migration of the same day has filled in every row: it gives each row without a value one that is not NULL, and
 * ships with the next files, so that a NULL would have to come between two files of one deploy.
 * @param earlier the migrations that have run, in their order.
 */
export function latelyFilled(earlier: readonly Migration[], migration: Migration): Assumed[] {
  const recent = earlier.filter(({ id, name }) => isWithinADay(name === '' ? id : name, migration.name));
  return recent.flatMap((filling) => {
    const since = recent.filter(({ position }) => position >= filling.position);
    return filledIn(filling).map(({ table, column }): Assumed => {
      const now = since.reduce<RenamedColumn>((name, each) => nameAfter(each, name), { table, column });
      const about = { kind: 'assume', table, column, assumption: 'is not null', parent: null } as const;
      return { directive: { ...about, reason: filling.name, line: null }, migration: filling, ...now, parent: null };
    });
  });
}

/** The columns into which an UPDATE writes in all rows, or in those that have no value there. */
function filledIn({ statements }: Migration): RenamedColumn[] {
  return statements.flatMap(({ head, sql }) => {
    const { target } = head;
    if (head.verb !== 'update' || target === null) return [];
    const { assignments, isWhole } = readUpdate(sql);
    const condition = readCondition(sql);
    return assignments.flatMap(({ column, text }): RenamedColumn[] => {
      const fills = isWhole || (condition !== null && isWithoutValue(condition, column));
      return fills && text !== null && isNeverNull(text) ? [{ table: target, column }] : [];
    });
  });
}

/** Whether a condition asks for a NULL in a column and for nothing else. */
function isWithoutValue(condition: string, column: string): boolean {
  const readings = readConditions(condition);
  const [first, second] = readings;
  const isAlone = second === undefined && !/\b(?:AND|OR|IN|EXISTS)\b/i.test(condition);
  return isAlone && first !== undefined && sameName(first.column, column) && /\bIS\s+NULL\b/i.test(condition);
}
