/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Write `executeInTransaction=false` into a .conf file named after the migration, and `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into the migration.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Leave `executeInTransaction=false` out of the .conf file, or write BEGIN before and COMMIT after the statements.';
