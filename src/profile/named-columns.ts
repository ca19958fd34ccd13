import { HarnessError } from '../errors.ts';
import type { Schema } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';

/** Whether a flag names a column. */
export type NamedColumns = (table: string, column: string) => boolean;

/**
 * Reads `T.C` as a flag has it, without regard to the case of ASCII letters; the names themselves may have dots.
 * @throws HarnessError `bad-flag` for a column that does not exist.
 */
export function findColumns(schema: Schema, flag: string, wanted: readonly string[]): NamedColumns {
  const tables = schema.tables.filter(({ kind }) => kind === 'table');
  const all = new Map(
    tables.flatMap(({ name, columns }) => columns.map((column) => [pathOf(name, column.name), name])),
  );
  const unknown = wanted.find((path) => !all.has(foldName(path)));
  if (unknown !== undefined) throw unknownColumn(schema, flag, unknown);
  const named = new Set(wanted.map(foldName));
  return (table, column) => named.has(pathOf(table, column));
}

function pathOf(table: string, column: string): string {
  return foldName(`${table}.${column}`);
}

function unknownColumn(schema: Schema, flag: string, path: string): HarnessError {
  const table = schema.tables.find(({ name }) => foldName(path).startsWith(`${foldName(name)}.`));
  const columns = table?.columns.map(({ name }) => name).join(', ');
  return new HarnessError('bad-flag', `${flag} ${path}: the database has no such column.`, {
    remedy:
      table === undefined
        ? `Write TABLE.COLUMN. The tables are ${schema.tables.map(({ name }) => name).join(', ')}.`
        : `The columns of ${table.name} are ${columns}.`,
    facts: { flag, column: path },
  });
}
