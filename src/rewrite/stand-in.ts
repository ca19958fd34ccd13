import type { Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { inside, items } from '../sql/nesting.ts';
import { sameName } from '../sql/quote.ts';
import { nameOf, readWords } from '../sql/words.ts';

/** A value that a column of a type takes where nobody knows one, as SQL. */
export function standIn(type: string): string {
  const affinity = affinityOf(type);
  if (affinity === 'blob') return type === '' ? "''" : "x''";
  const isTime = /DATE|TIME/i.test(type);
  return affinity === 'text' || isTime ? "''" : '0';
}

/** The value for a column of a table that its own default or its list of words gives, else one for its type. */
export function standInFor(table: Table, column: string): string {
  const found = table.columns.find(({ name }) => sameName(name, column));
  const known = found?.default ?? null;
  if (known !== null && found?.notNull === true && /^[-+]?\d|^'/.test(known)) return known;
  return wordOf(table.checks, column) ?? standIn(found?.type ?? '');
}

/** The first word of `column IN ('a', …)` among conditions; null without one. */
export function wordOf(checks: readonly string[], column: string): string | null {
  for (const check of checks) {
    const words = readWords(check);
    const at = words.findIndex((word, i) => words[i + 1]?.key === 'IN' && sameName(nameOf(word) ?? '', column));
    const [first] = at < 0 ? [] : items(inside(words, at + 2));
    if (first?.length === 1 && first[0] !== undefined) return first[0].text;
  }
  return null;
}
