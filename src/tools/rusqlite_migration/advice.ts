/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` on the connection before to_latest(), and ON after it: all files run in one transaction.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'rusqlite_migration runs all pending migrations in one transaction: leave COMMIT and BEGIN out of the file.';
