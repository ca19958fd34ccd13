import type { Database } from '../database/connection.ts';
import type { Column, Table } from '../model/schema.ts';
import { quoteName } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';

/** The number of rows that hold the default of a column, for each column whose default is a literal other than NULL. */
export function countDefaults(db: Database, { name, columns }: Pick<Table, 'name' | 'columns'>): Map<Column, number> {
  const counts = new Map<Column, number>();
  for (const column of columns) {
    const literal = literalDefault(column);
    if (literal === null) continue;
    const query = `SELECT count(*) FROM main.${quoteName(name)} WHERE ${quoteName(column.name)} IS ${literal}`;
    counts.set(column, db.prepare<[], number>(query).pluck().get() ?? 0);
  }
  return counts;
}

/**
 * The default of a column as SQL, or null when it is not a literal, or NULL. The text of an expression may call a
 * function that tells the time. https://sqlite.org/lang_createtable.html#the_default_clause
 */
export function literalDefault({ default: text, generated }: Column): string | null {
  if (text === null || generated !== 'no') return null;
  const tokens = [...significantTokens(text)];
  while (tokens[0]?.text === '(' && tokens.at(-1)?.text === ')') {
    tokens.shift();
    tokens.pop();
  }
  const [first, second] = tokens;
  const literal = first?.text === '-' || first?.text === '+' ? second : first;
  if (literal === undefined || tokens.length > (literal === first ? 1 : 2)) return null;
  const isLiteral =
    literal.kind === 'number' ||
    (literal === first && (literal.kind === 'string' || /^(?:true|false)$/i.test(literal.text)));
  return isLiteral ? tokens.map((token) => token.text).join('') : null;
}
