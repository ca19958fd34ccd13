import type { Database } from '../database/connection.ts';
import { readRows } from '../database/reading.ts';
import { type Assumed, countViolators } from '../directives/assumptions.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Refusal, RowSink } from '../model/dataset.ts';
import type { Schema } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { quoteName, sameName } from '../sql/quote.ts';

/**
 * Makes a function that refuses, as SQLite would if the schema said so, the rows that assumptions rule out.
 * @param plainRow the row that hazards are made after; what it holds already is not theirs.
 * @returns what is wrong with a row, or null.
 */
export function assumptionGuard(
  db: Database,
  schema: Schema,
  assumptions: readonly Assumed[],
  plainRow: RowSink['first'],
): (table: string, values: ReadonlyMap<string, SqlValue>) => Refusal | null {
  const guards = assumptions
    .filter((assumed) => countViolators(assumed, schema) !== null)
    .flatMap((assumed) => {
      const table = schema.tables.find(({ name }) => sameName(name, assumed.table));
      const column = table?.columns.find(({ name }) => sameName(name, assumed.column));
      if (table === undefined || column === undefined) return [];
      const plain = plainRow(table)?.get(column.name);
      const place = { table: table.name, column: column.name };
      const isUnique = assumed.directive.assumption === 'is unique';
      return [{ ...place, plain, isUnique, refuse: refuserOf(db, { ...assumed, ...place }, column.type) }];
    });
  return (table, values) => {
    for (const guard of guards) {
      if (!sameName(guard.table, table)) continue;
      const value = values.get(guard.column);
      if (value === undefined || (value === guard.plain && !guard.isUnique)) continue;
      const refusal = guard.refuse(value);
      if (refusal !== null) return { ...refusal, ofAnyRow: false };
    }
    return null;
  };
}

type Complaint = Pick<Refusal, 'code' | 'message'>;

/** SQLite's complaint about a value. */
function refuserOf(
  db: Database,
  { directive, table, column, parent }: Assumed,
  type: string,
): (value: SqlValue) => Complaint | null {
  const isThere = (place: { readonly table: string; readonly column: string }, value: SqlValue): boolean => {
    const sql = `SELECT 1 FROM main.${quoteName(place.table)} WHERE ${quoteName(place.column)} = ?`;
    const found = readRows(db, () => db.prepare<[SqlValue], number>(sql).get(value));
    return 'value' in found && found.value !== undefined;
  };
  const refusal = (kind: string, words: string): Complaint => ({
    code: `SQLITE_CONSTRAINT_${kind}`,
    message: `${words} constraint failed: ${table}.${column}`,
  });
  switch (directive.assumption) {
    case 'is not null':
      return (value) => (value === null ? refusal('NOTNULL', 'NOT NULL') : null);
    case 'is unique':
      return (value) => (value !== null && isThere({ table, column }, value) ? refusal('UNIQUE', 'UNIQUE') : null);
    case 'is valid json':
      return (value) => (typeof value === 'string' && !isJson(value) ? refusal('CHECK', 'CHECK') : null);
    case 'is integer':
      return (value) => (value === null || isInteger(value, type) ? null : refusal('DATATYPE', 'CHECK'));
    case 'has parent':
      return (value) =>
        value === null || parent === null || isThere(parent, value) ? null : refusal('FOREIGNKEY', 'FOREIGN KEY');
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a column of a type would keep a value as an integer. https://sqlite.org/datatype3.html#type_affinity */
function isInteger(value: SqlValue, type: string): boolean {
  const affinity = affinityOf(type);
  if (typeof value === 'string')
    return (affinity === 'integer' || affinity === 'numeric') && /^\s*[+-]?\d+\s*$/.test(value);
  return (typeof value === 'bigint' || Number.isInteger(value)) && affinity !== 'text' && affinity !== 'real';
}
