import type { Miswritten } from '../../model/change.ts';
import { quoteName, sameName } from '../../sql/quote.ts';
import { anyOf } from '../column-diff.ts';
import type { ComparedTable } from '../identity.ts';
import type { Identity } from '../row-diff.ts';
import { type ComputedColumn, isGone } from './computed.ts';
import { countRows, keysOf } from './counting.ts';

/** A moment with seconds and an offset from UTC: https://sqlite.org/lang_datefunc.html#time_values */
const withOffset = (value: string): string =>
  `${value} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ][0-9][0-9]:[0-9][0-9]:[0-9][0-9]*[+-][0-9][0-9]:[0-9][0-9]'`;

/**
 * Rows whose computed moment has the hours of what it was computed from, and not its offset: the text was cut behind the seconds, so
 * that it is another moment. A date without a time is a part that is wanted.
 */
export function findLostOffsets(
  each: ComparedTable,
  computed: readonly ComputedColumn[],
  identity: Identity,
): Miswritten[] {
  const { db, schema, before, flow, end, referrers, after, has } = each;
  return computed.flatMap(({ column, computations }): Miswritten[] => {
    const [first] = computations;
    const sources = computations
      .flatMap(({ reads }) => reads)
      .filter(({ table }) => sameName(table, before.name))
      .filter((read) => sameName(read.column, column.name) || isGone(read, flow, end, referrers));
    if (first === undefined || sources.length === 0) return [];
    const value = `a.${quoteName(column.name)}`;
    const isThere = sources.some(({ column: name }) => {
      const had = `${schema}.${quoteName(before.name)} AS b WHERE ${withOffset(`b.${quoteName(name)}`)}`;
      return db.prepare(`SELECT 1 FROM ${had} LIMIT 1`).get() !== undefined;
    });
    if (!isThere) return [];
    const isCut = sources.map(({ column: name }) => {
      const source = `b.${quoteName(name)}`;
      const isSameClock = `replace(substr(${value}, 1, 19), 'T', ' ') = replace(substr(${source}, 1, 19), 'T', ' ')`;
      return `(${withOffset(source)} AND ${isSameClock} AND julianday(${value}) <> julianday(${source}))`;
    });
    const test = `typeof(${value}) = 'text' AND ${anyOf(isCut)}`;
    const rows = countRows(each, identity, test);
    if (rows === 0) return [];
    const keys = keysOf(each, identity, test);
    const { statement } = first;
    return [{ how: 'offset-lost', table: after.name, column: column.name, rows, of: has, statement, keys }];
  });
}
