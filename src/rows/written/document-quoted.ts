import type { Miswritten } from '../../model/change.ts';
import { quoteName, sameName } from '../../sql/quote.ts';
import { anyOf } from '../column-diff.ts';
import type { ComparedTable } from '../identity.ts';
import type { Identity } from '../row-diff.ts';
import type { ComputedColumn } from './computed.ts';
import { countRows, keysOf } from './counting.ts';

/** Rows whose computed column holds a JSON string that is the JSON document which it was computed from. */
export function findQuotedDocuments(
  each: ComparedTable,
  computed: readonly ComputedColumn[],
  identity: Identity,
): Miswritten[] {
  const { db, before, after, has } = each;
  return computed.flatMap(({ column, computations }): Miswritten[] => {
    const sources = computations.flatMap(({ reads }) => reads.filter(({ table }) => sameName(table, before.name)));
    const [first] = computations;
    if (sources.length === 0 || first === undefined) return [];
    const value = `a.${quoteName(column.name)}`;
    const isQuoted = `typeof(${value}) = 'text' AND ${value} GLOB '"*[[{]*"'`;
    const table = `main.${quoteName(after.name)} AS a`;
    if (db.prepare(`SELECT 1 FROM ${table} WHERE ${isQuoted} LIMIT 1`).get() === undefined) return [];
    const isSame = sources.map(({ column: name }) => isDocumentIn(value, `b.${quoteName(name)}`));
    const test = `${isQuoted} AND ${anyOf(isSame)}`;
    const rows = countRows(each, identity, test);
    if (rows === 0) return [];
    const keys = keysOf(each, identity, test);
    const { statement } = first;
    return [{ how: 'document-quoted', table: after.name, column: column.name, rows, of: has, statement, keys }];
  });
}

/** CASE asks in order, and JSON functions fail on text other than JSON: https://sqlite.org/json1.html */
function isDocumentIn(value: string, source: string): string {
  const inner = `json_extract(${value}, '$')`;
  return `CASE WHEN typeof(${source}) <> 'text' OR NOT json_valid(${source}) OR NOT json_valid(${value}) THEN 0
    WHEN json_type(${source}) NOT IN ('object', 'array') OR json_type(${value}) <> 'text' THEN 0
    WHEN NOT json_valid(${inner}) THEN 0 ELSE json(${inner}) = json(${source}) END`;
}
