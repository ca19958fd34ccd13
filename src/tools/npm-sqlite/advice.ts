/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` on the connection before db.migrate(), and ON after it: each file runs in a transaction.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction = 'sqlite runs each file in a transaction: leave COMMIT and BEGIN out of it.';
