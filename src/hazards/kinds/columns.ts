import { quoteName, quoteString } from '../../sql/quote.ts';
import { describeColumn } from '../of-value.ts';
import { each } from '../profile-rules.ts';
import { type HazardSort, lastRank } from '../sort.ts';

/** NULL in a column that may be NULL. */
export const nullValue: HazardSort<'null'> = {
  rank: 0,
  describe: (subject) => describeColumn(subject, 'is NULL', '? IS NULL'),
  ruledOutBy: each(({ storage }) => storage.null === 0),
  isTwin: false,
  isSecondRow: false,
  value: null,
};

/** A value out of a list that a CHECK or a later statement names. */
export const state: HazardSort<'state'> = {
  rank: lastRank,
  describe: ({ table, column, value }) => {
    const literal = typeof value === 'string' ? quoteString(value) : String(value);
    return {
      needs: `a row of ${table} whose ${column} is ${literal}`,
      query: `SELECT count(*) FROM ${quoteName(table)} WHERE ${quoteName(column)} = ${literal}`,
    };
  },
  ruledOutBy: null,
  isTwin: false,
  isSecondRow: false,
  value: null,
};

/** The newest row was deleted, so that its number is free or only the counter knows it. */
export const deletedLastRow: HazardSort<'deleted-last-row'> = {
  rank: lastRank,
  describe: ({ table, column }) => {
    const newest = `(SELECT max(${quoteName(column)}) FROM ${quoteName(table)})`;
    return {
      needs: `that the newest row of ${table} was deleted`,
      query: `SELECT seq, ${newest} FROM sqlite_sequence WHERE name = ${quoteString(table)}`,
    };
  },
  ruledOutBy: null,
  isTwin: false,
  isSecondRow: false,
  value: null,
};

/** A row whose number does not follow on those of the others, as rows leave that were deleted. */
export const gap: HazardSort<'gap'> = {
  rank: lastRank,
  describe: ({ table, column }) => {
    const id = quoteName(column);
    const missing = `max(${id}) - min(${id}) + 1 - count(*)`;
    return {
      needs: `a gap between the numbers in ${table}.${column}`,
      query: `SELECT missing FROM (SELECT ${missing} AS missing FROM ${quoteName(table)}) WHERE missing > 0`,
    };
  },
  ruledOutBy: null,
  isTwin: false,
  isSecondRow: true,
  value: null,
};
