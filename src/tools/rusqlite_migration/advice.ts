/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` on the connection before to_latest(), and ON after it: all files run in one transaction.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'rusqlite_migration runs all pending migrations in one transaction: leave COMMIT and BEGIN out of the file.';
