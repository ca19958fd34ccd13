import type { Database } from '../database/connection.ts';
import type { KeptValue, KeptValues } from '../model/column-profile.ts';
import { quoteName } from '../sql/quote.ts';
import { coarse, share } from './round.ts';

/** Rarer members count as others: such a large set is data. */
const memberLimit = 100;

interface MemberRow {
  readonly value: string | number;
  readonly storage: KeptValue['storage'];
  readonly rows: number;
}

/** The members of a column that at least `atLeast` rows hold. `filled` counts its rows that are not NULL. */
export function readKeptValues(
  db: Database,
  table: string,
  column: string,
  { filled, atLeast }: { readonly filled: number; readonly atLeast: number },
): KeptValues {
  const name = quoteName(column);
  const groups = `SELECT ${name} AS value, typeof(${name}) AS storage, count(*) AS rows FROM main.${quoteName(table)}
    WHERE ${name} IS NOT NULL GROUP BY ${name} COLLATE BINARY, 2`;
  const members = db
    .prepare<[number], MemberRow>(
      `SELECT * FROM (${groups}) WHERE rows >= ? AND storage <> 'blob'
        AND NOT (storage = 'integer' AND value NOT BETWEEN -9007199254740992 AND 9007199254740992)
        AND NOT (storage = 'real' AND abs(value) > 1.7976931348623157e308)
        ORDER BY rows DESC, storage, value COLLATE BINARY LIMIT ${memberLimit}`,
    )
    .all(atLeast);
  const different = db.prepare<[], number>(`SELECT count(*) FROM (${groups})`).pluck().get() ?? 0;
  const shown = members.reduce((sum, { rows }) => sum + rows, 0);
  // Members tell of enough rows each; what they leave may be few.
  const least = shown === filled || filled - shown >= atLeast ? 1 : atLeast;
  return {
    members: members.map(({ value, storage, rows }) => ({ value, storage, share: share(rows, filled, least) })),
    other: share(filled - shown, filled, least),
    others: Math.ceil(coarse(different - members.length, Number.POSITIVE_INFINITY, atLeast)),
  };
}
