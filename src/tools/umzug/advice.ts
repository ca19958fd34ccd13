/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` in the migration before its transaction, and ON after it: Umzug begins none.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Run the whole of `up` in a transaction of the connection that is your context: Umzug begins none.';
