import type { Nested } from './nesting.ts';
import { unquote } from './quote.ts';
import { readWords } from './words.ts';

/** A number or text of SQL; TRUE and FALSE are 1 and 0. */
export type Constant = number | string;

/** A token of an expression, as far as it could be a keyword or symbol, a name or a constant. */
export interface SqlPart extends Nested {
  readonly name: string | null;
  readonly constant: Constant | null;
}

/** The tokens of `sql`; a minus sign that subtracts nothing belongs to its number. */
export function readParts(sql: string): SqlPart[] {
  const parts: SqlPart[] = [];
  for (const { kind, text, key, depth } of readWords(sql)) {
    if (kind === 'number' && parts.at(-1)?.key === '-' && !isOperand(parts.at(-2))) {
      parts[parts.length - 1] = { key: '', depth, name: null, constant: -toNumber(text) };
      continue;
    }
    parts.push({
      key,
      depth,
      name: kind === 'word' || kind === 'name' ? unquote(text) : null,
      constant: toConstant(kind, text),
    });
  }
  return parts;
}

/** The constant that an expression is by itself; null for any other. */
export function constantIn(expression: string): Constant | null {
  const [only, more] = readParts(expression);
  return more === undefined ? (only?.constant ?? null) : null;
}

function toConstant(kind: string, text: string): Constant | null {
  if (kind === 'number') return toNumber(text);
  if (kind === 'string') return text.startsWith("'") ? unquote(text) : null;
  if (kind !== 'word' || !/^(?:true|false)$/i.test(text)) return null;
  return text.toLowerCase() === 'true' ? 1 : 0;
}

function toNumber(text: string): number {
  return Number(text.replaceAll('_', ''));
}

const wordsBeforeOperands: ReadonlySet<string> = new Set(
  'AND OR NOT IS IN LIKE GLOB BETWEEN CASE WHEN THEN ELSE CHECK DEFAULT WHERE ON HAVING SELECT SET LIMIT'.split(' '),
);

/** Whether a value ends here, so that a minus after it subtracts and a parenthesis after it calls. */
export function isOperand(part: SqlPart | undefined): boolean {
  if (part === undefined) return false;
  return part.constant !== null || part.key === ')' || (part.name !== null && !wordsBeforeOperands.has(part.key));
}
