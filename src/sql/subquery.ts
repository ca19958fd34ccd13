/**
 * A query of the user's as a subquery in parentheses. SQLite takes nothing but one SELECT there, so that no other
 * statement can hide in it (https://sqlite.org/lang_select.html).
 * @param sql one statement, with or without its semicolon.
 */
export function subquery(sql: string): string {
  // On a line of its own, so that a comment at the end of the query does not swallow the parenthesis.
  return `(${sql.trim().replace(/;$/, '')}\n)`;
}
