import type { Schema, Table } from '../model/schema.ts';
import { triggersOf } from '../sql/tables.ts';
import { significantTokens } from '../sql/tokens.ts';

/** Whether triggers may act on the rows of a table, or constraints roll more back than one row. */
export function isGuarded(schema: Schema, { name, sql }: Table): boolean {
  const words = significantTokens(sql).map(({ text }) => text.toUpperCase());
  return (
    triggersOf(schema, name).length > 0 ||
    // https://sqlite.org/lang_conflict.html
    words.some((text, i) => text === 'CONFLICT' && /^(?:ROLLBACK|FAIL)$/.test(words[i + 1] ?? ''))
  );
}
