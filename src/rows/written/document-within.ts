import type { ColumnBefore, Miswritten } from '../../model/change.ts';
import type { Column } from '../../model/schema.ts';
import { quoteName, sameName } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';
import { anyOf } from '../column-diff.ts';
import type { ComparedTable } from '../identity.ts';
import type { Identity } from '../row-diff.ts';
import { type ComputedColumn, isGone } from './computed.ts';
import { countRows, keysOf } from './counting.ts';

/**
 * Rows whose computed column holds a JSON document with a string in it that is a document of a column which is gone, or which holds
 * nothing but JSON: JSON functions take text for a string, unless another JSON function made it (https://sqlite.org/json1.html#interface_overview).
 */
export function findDocumentsWithin(
  each: ComparedTable,
  computed: readonly ComputedColumn[],
  identity: Identity,
): Miswritten[] {
  const { db, flow, end, referrers, after, has } = each;
  return computed.flatMap(({ column, computations }): Miswritten[] => {
    const [first] = computations;
    const value = `a.${quoteName(column.name)}`;
    const mayHold = `typeof(${value}) = 'text' AND (instr(${value}, '"{') > 0 OR instr(${value}, '"[') > 0)`;
    const table = `main.${quoteName(after.name)} AS a`;
    if (first === undefined || db.prepare(`SELECT 1 FROM ${table} WHERE ${mayHold} LIMIT 1`).get() === undefined)
      return [];
    const sources = computations
      .flatMap(({ reads }) => reads)
      .filter(
        (read) =>
          isItself(read, column, each) ||
          flow.becomes(read.table) === null ||
          isGone(read, flow, end, referrers) ||
          isForJson(read, each),
      );
    const isHeld = sources.flatMap((source) => documentsOf(each, source));
    if (isHeld.length === 0) return [];
    const test = `${mayHold} AND CASE WHEN json_valid(${value}) THEN EXISTS (SELECT 1 FROM json_tree(${value}) AS j
      WHERE j.type = 'text' AND CASE WHEN json_valid(j.atom) THEN json_type(j.atom) IN ('object', 'array') AND ${anyOf(isHeld)}
      ELSE 0 END) ELSE 0 END`;
    const rows = countRows(each, identity, test);
    if (rows === 0) return [];
    const keys = keysOf(each, identity, test);
    const { statement } = first;
    return [{ how: 'document-quoted', table: after.name, column: column.name, rows, of: has, statement, keys }];
  });
}

/** Whether a CHECK of its table lets JSON alone into a column, so that a reader of its copy looks for JSON, too. */
function isForJson({ table, column }: ColumnBefore, { known }: ComparedTable): boolean {
  const checks = (tableNamed(known, table)?.sql ?? '').matchAll(
    /json_(?:valid|type)\s*\(\s*["`[]?(\w+)["`\]]?\s*[,)]/gi,
  );
  return [...checks].some(([, name]) => sameName(name ?? '', column));
}

/** Whether it is the column itself, which its expression writes anew. */
function isItself({ table, column }: ColumnBefore, { name }: Column, { before }: ComparedTable): boolean {
  return sameName(column, name) && sameName(table, before.name);
}

/**
 * Whether a string `j` is a document that the column held: in the same row, or, where the rows of another table went into one
 * value, in any of its rows, which are only asked for one document at all.
 */
function documentsOf({ db, schema, known, before }: ComparedTable, { table, column }: ColumnBefore): string[] {
  const held = `b.${quoteName(column)}`;
  const isDocument = `CASE WHEN typeof(${held}) = 'text' AND json_valid(${held}) THEN json_type(${held}) IN ('object', 'array') ELSE 0 END`;
  if (sameName(table, before.name)) {
    const parts = `SELECT 1 FROM json_tree(${held}) AS k WHERE`;
    const was = `k.type IN ('object', 'array') AND json(k.value) = json(j.atom)`;
    const isOld = `EXISTS (${parts} k.type = 'text' AND k.atom = j.atom)`;
    return [`CASE WHEN ${isDocument} THEN EXISTS (${parts} ${was}) AND NOT ${isOld} ELSE 0 END`];
  }
  const other = tableNamed(known, table);
  if (other?.kind !== 'table') return [];
  const query = `SELECT 1 FROM ${schema}.${quoteName(other.name)} AS b WHERE ${isDocument} LIMIT 1`;
  return db.prepare(query).get() === undefined ? [] : ['1'];
}
