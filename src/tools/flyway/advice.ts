/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Write `executeInTransaction=false` into a file of the same name with .conf behind it, and `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into the migration.';
}
