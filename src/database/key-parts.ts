import type { Table } from '../model/schema.ts';
import { sameName } from '../sql/quote.ts';

/**
 * Whether a table has in another form all that its foreign keys, and those that lead to it, depend on: ADD COLUMN changes
 * the text of a table and none of its keys.
 */
export function keepsKeys(before: Table, after: Table): boolean {
  return (
    after.kind === before.kind &&
    after.strict === before.strict &&
    after.withoutRowid === before.withoutRowid &&
    before.columns.every(({ name, type, generated }, i) => {
      const now = after.columns[i];
      return now !== undefined && sameName(now.name, name) && now.type === type && now.generated === generated;
    }) &&
    collations(before.sql) === collations(after.sql) &&
    isEqual(before.foreignKeys, after.foreignKeys) &&
    isEqual(before.primaryKey, after.primaryKey) &&
    isEqual(uniqueIndexes(before), uniqueIndexes(after))
  );
}

/** The collations that a definition names, in its order; those of columns are nowhere else to be read. */
function collations(sql: string): string {
  return (sql.match(/\bcollate\b\s*\S+/gi) ?? []).join(' ');
}

function uniqueIndexes({ indexes }: Table): Table['indexes'] {
  return indexes.filter(({ unique }) => unique);
}

/** Values of JSON alone. */
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
