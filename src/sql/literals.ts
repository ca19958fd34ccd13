import { type Constant, readParts } from './parts.ts';

/** Whether an expression is one text or number. https://sqlite.org/lang_expr.html#literal_values_constants_ */
export function isLiteral(expression: string | null): boolean {
  return /^(?:'(?:[^']|'')*'|[-+]?\d+(?:\.\d+)?)$/.test(expression ?? '');
}

/**
 * The value of an expression that is one text, number, NULL, TRUE or FALSE, as defaults are; undefined for any other. A name in
 * double quotes is a text where nothing has that name. https://sqlite.org/quirks.html#dblquote
 */
export function constantOf(expression: string | null): Constant | null | undefined {
  const [part, more] = readParts(expression ?? '').filter(({ key }) => key !== '(' && key !== ')' && key !== '+');
  if (part === undefined || more !== undefined) return undefined;
  if (part.constant !== null) return part.constant;
  if (part.key !== '') return part.key === 'NULL' ? null : undefined;
  return part.name ?? undefined;
}
