import type { Statement } from '../model/history.ts';
import type { DriverName } from '../model/tool.ts';
import { splitStatements } from '../sql/statements.ts';

/** `ALTER TABLE t ALTER COLUMN c TO c …`, which libSQL has and SQLite has not. */
const alterColumn = /^alter\s+table\s+(?:[^\s"'`[]\S*|"[^"]*"|`[^`]*`|\[[^\]]*\])\s+alter\s+column\b/i;

/** A statement that does nothing. */
const [nothing] = splitStatements('SELECT 1 WHERE 0');

/**
 * Passes over the statements of libSQL that SQLite cannot run: ALTER COLUMN changes the declaration of a column and
 * neither reads nor writes a row (https://docs.turso.tech/libsql), so that rows fare the same without it.
 * @returns the statements, and the places of those passed over; a place and a line stay what they are in the file.
 */
export function passOverLibsql(
  statements: readonly Statement[],
  driver: DriverName,
): { readonly statements: readonly Statement[]; readonly passedOver: readonly number[] } {
  if (driver !== 'libsql' || nothing === undefined) return { statements, passedOver: [] };
  const passedOver = statements.filter(({ sql }) => alterColumn.test(sql)).map(({ index }) => index);
  return {
    statements: statements.map((each) =>
      passedOver.includes(each.index) ? { ...each, sql: nothing.sql, head: nothing.head } : each,
    ),
    passedOver,
  };
}
