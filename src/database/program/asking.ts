import type { StatementHead } from '../../model/history.ts';
import { sameName } from '../../sql/quote.ts';

/** PRAGMAs whose answer depends on rows. https://sqlite.org/pragma.html */
const checks = /^\s*pragma\b[^=(]*\b(?:foreign_key_check|integrity_check|quick_check)\b/i;

/**
 * Whether a statement that gives rows says something about those of the database, by which a program may decide: it reads a
 * table other than those of the schema and of the tool, changes one (RETURNING), or checks what tables hold.
 */
export function asksForRows(sql: string, { verb, sources }: StatementHead, toolTables: readonly string[]): boolean {
  if (verb === 'pragma') return checks.test(sql);
  if (verb !== 'select') return true;
  return sources.some(
    (name) => !/^(?:sqlite|pragma)_/i.test(name) && !toolTables.some((table) => sameName(table, name)),
  );
}
