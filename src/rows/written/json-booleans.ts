import type { ColumnBefore, Miswritten } from '../../model/change.ts';
import type { Column } from '../../model/schema.ts';
import { quoteName, sameName } from '../../sql/quote.ts';
import { anyOf } from '../column-diff.ts';
import type { ComparedTable } from '../identity.ts';
import type { Identity } from '../row-diff.ts';
import { type ComputedColumn, isGone } from './computed.ts';
import { countRows, keysOf } from './counting.ts';

/**
 * Rows whose computed document has a number under a key that had `true` or `false`: json_extract gives 1 and 0 for them, and what
 * goes into a document again is a number (https://sqlite.org/json1.html#jex).
 */
export function findJsonBooleans(
  each: ComparedTable,
  computed: readonly ComputedColumn[],
  identity: Identity,
): Miswritten[] {
  const { db, before, flow, end, referrers, after, has } = each;
  return computed.flatMap(({ column, computations }): Miswritten[] => {
    const [first] = computations;
    const reads = computations.filter(({ extracts }) => extracts).flatMap((each) => each.reads);
    if (first === undefined || reads.length === 0) return [];
    const isSource = (read: ColumnBefore): boolean =>
      sameName(read.table, before.name) && (isItself(read, column) || isGone(read, flow, end, referrers));
    const value = `a.${quoteName(column.name)}`;
    const isDocument = `typeof(${value}) = 'text' AND ${value} GLOB '{*' AND json_valid(${value})`;
    const table = `main.${quoteName(after.name)} AS a`;
    const sources = reads.filter(isSource).map((read) => becomesNumber(`b.${quoteName(read.column)}`, value));
    if (sources.length === 0) return [];
    if (db.prepare(`SELECT 1 FROM ${table} WHERE ${isDocument} LIMIT 1`).get() === undefined) return [];
    const test = `CASE WHEN ${isDocument} THEN ${anyOf(sources)} ELSE 0 END`;
    const rows = countRows(each, identity, test);
    if (rows === 0) return [];
    const keys = keysOf(each, identity, test);
    const { statement } = first;
    return [{ how: 'boolean-as-number', table: after.name, column: column.name, rows, of: has, statement, keys }];
  });
}

function isItself({ column }: ColumnBefore, { name }: Column): boolean {
  return sameName(column, name);
}

function becomesNumber(source: string, value: string): string {
  const isDocument = `typeof(${source}) = 'text' AND (instr(${source}, 'true') > 0 OR instr(${source}, 'false') > 0) AND json_valid(${source})`;
  return `(CASE WHEN ${isDocument} THEN EXISTS (SELECT 1 FROM json_tree(${source}) AS k, json_tree(${value}) AS j
    WHERE k.type IN ('true', 'false') AND j.key = k.key AND j.type = 'integer' AND j.atom = (k.type = 'true')
    AND NOT EXISTS (SELECT 1 FROM json_tree(${value}) AS l WHERE l.key = k.key AND l.type IN ('true', 'false')))
    ELSE 0 END)`;
}
