/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Write `run_in_transaction = false` into metadata.toml beside up.sql, and `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into up.sql.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Leave `run_in_transaction = false` out of metadata.toml, or write BEGIN before and COMMIT after the statements.';
