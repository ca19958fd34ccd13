import { quoteName, quoteString } from '../sql/quote.ts';
import {
  type AwkwardValue,
  type Description,
  type HazardSort,
  lastRank,
  type OfColumn,
  type ProfileRule,
  type ValueHazardKind,
} from './sort.ts';

/** A value that is a hazard. */
interface Awkward {
  readonly rank?: number;
  readonly roles: AwkwardValue['roles'];
  readonly inKeys?: boolean;
  readonly of: AwkwardValue['of'];
  /** The words for the column in such a row: `is an empty text`. */
  readonly words: string;
  /** The condition that production's rows are asked for; `?` stands for the column. */
  readonly condition: string;
  readonly ruledOutBy?: ProfileRule;
}

/** A hazard that is a value of one column. */
export function ofValue({
  rank,
  roles,
  inKeys,
  of,
  words,
  condition,
  ruledOutBy,
}: Awkward): HazardSort<ValueHazardKind> {
  return {
    rank: rank ?? lastRank,
    describe: (subject) => describeColumn(subject, words, condition),
    ruledOutBy: ruledOutBy ?? null,
    isTwin: false,
    isSecondRow: false,
    value: { roles, inKeys: inKeys ?? false, of },
  };
}

/** A row by what one column of it holds. @param condition `?` stands for the column. */
export function describeColumn({ table, column, where }: OfColumn, words: string, condition: string): Description {
  const asked = condition.replaceAll('?', () => quoteName(column));
  const literals = where?.values.map((value) => (typeof value === 'string' ? quoteString(value) : String(value))) ?? [];
  const isOne = literals.length === 1 ? `= ${literals[0]}` : `IN (${literals.join(', ')})`;
  return {
    needs: `a row of ${table} whose ${column} ${words}${where === undefined ? '' : ` and whose ${where.column} is ${literals.join(' or ')}`}`,
    query: `SELECT count(*) FROM ${quoteName(table)} WHERE ${asked}${where === undefined ? '' : ` AND ${quoteName(where.column)} ${isOne}`}`,
  };
}
