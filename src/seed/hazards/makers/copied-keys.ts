import { isChosen } from '../../../hazards/names.ts';
import type { SqlValue } from '../../../model/connection.ts';
import type { Hazard } from '../../../model/hazard.ts';
import { sameName } from '../../../sql/quote.ts';
import { isUnguessable } from '../draft.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';
import { insertedNames, statementsOn, wholeKeysOf } from '../whole-keys.ts';

/**
 * Rows that have a key already which the migration is about to copy into their table: SQLite computes the keys, whatever
 * the SELECT makes them of.
 */
export function hazardsOfCopiedKeys(request: HazardRequest): Hazard[] {
  const { table, isOwn, copied, host } = request;
  return statementsOn(request).flatMap(({ head, index }): Hazard[] => {
    const from = copied.get(index);
    // A query that reads no table writes its rows out.
    const isLiteral = head.sources.length === 0;
    if (from === undefined || (isLiteral && isOwn(table.name))) return [];
    const all = insertedNames(table);
    const names = (from.into ?? all).map((given) => all.find((each) => sameName(each, given)) ?? given);
    return wholeKeysOf(table).flatMap((key): Hazard[] => {
      if (isLiteral && !key.some((name) => name === table.rowidAlias || isChosen(name))) return [];
      const values = from.rows.flatMap((row) => keyIn(row, key, names, request) ?? []);
      // The row itself is counted, and with it every other awkward row.
      const rows = (from.isCounted ? values.slice(0, 1) : values).flatMap(
        (awkward, i) => host({ table, label: `copied ${index} ${key.join()} ${i}`, values: awkward }) ?? [],
      );
      const subject = { table: table.name, key, values: [], copied: { names, query: from.query } };
      return hazardOf('taken-key', subject, rows, from.isCounted ? { apart: true } : {});
    });
  });
}

/** The key of a row; null where it has none, or where nobody has it by chance. */
function keyIn(
  row: readonly SqlValue[],
  key: readonly string[],
  names: readonly string[],
  request: HazardRequest,
): ReadonlyMap<string, SqlValue> | null {
  const values = new Map<string, SqlValue>();
  for (const name of key) {
    const value = row[names.indexOf(name)] ?? null;
    if (value === null || isUnguessable(request, name, value)) return null;
    values.set(name, value);
  }
  return values;
}
