import { unquote } from './quote.ts';
import { significantTokens } from './tokens.ts';

/** A REFERENCES clause as written. `parentColumns` is empty where the parent's key is implied. */
export interface Link {
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

const constraintWords: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);

/**
 * Reads the REFERENCES clauses of a CREATE TABLE, or of an ALTER TABLE … ADD COLUMN when its `column` is given, from
 * the tokens. https://sqlite.org/syntax/foreign-key-clause.html
 */
export function readLinks(sql: string, column: string | null = null): Link[] {
  const texts = significantTokens(sql).map(({ text }) => text);
  const links: Link[] = [];
  let columns = column === null ? [] : [column];
  let depth = column === null ? 0 : 1;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] ?? '';
    const key = text.toUpperCase();
    const opensItem = column === null && depth === 1 && (texts[i - 1] === '(' || texts[i - 1] === ',');
    if (opensItem && !constraintWords.has(key)) columns = [unquote(text)];
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth !== 1) continue;
    if (key === 'FOREIGN') columns = namesInParentheses(texts, i + 2);
    if (key !== 'REFERENCES') continue;
    links.push({ columns, parent: unquote(texts[i + 1] ?? ''), parentColumns: namesInParentheses(texts, i + 2) });
  }
  return links;
}

function namesInParentheses(texts: readonly string[], at: number): string[] {
  if (texts[at] !== '(') return [];
  const inside = texts.slice(at + 1, texts.indexOf(')', at));
  return inside.filter((text) => text !== ',').map(unquote);
}
