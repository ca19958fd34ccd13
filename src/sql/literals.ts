/** Whether an expression is one text or number. https://sqlite.org/lang_expr.html#literal_values_constants_ */
export function isLiteral(expression: string | null): boolean {
  return /^(?:'(?:[^']|'')*'|[-+]?\d+(?:\.\d+)?)$/.test(expression ?? '');
}
