/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` on the connection before db.migrate(), and ON after it: each file runs in a transaction.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction = 'sqlite runs each file in a transaction: leave COMMIT and BEGIN out of it.';
