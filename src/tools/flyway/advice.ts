/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Write `executeInTransaction=false` into a .conf file named after the migration, and `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into the migration.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Leave `executeInTransaction=false` out of the .conf file, or write BEGIN before and COMMIT after the statements.';
