/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` on the connection before to_latest(), and ON after it: one transaction goes round all files.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'rusqlite_migration puts one transaction round all that is pending: leave COMMIT and BEGIN out of the file.';
