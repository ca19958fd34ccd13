const volatile =
  /\b(?:random|randomblob|current_timestamp|current_date|current_time|changes|last_insert_rowid)\b|'now'/i;

/** Whether a text gives other values the next time, by the clock, by chance or by what the connection did before. */
export function isVolatile(sql: string): boolean {
  return volatile.test(sql);
}
