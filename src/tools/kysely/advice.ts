/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` in the migration before db.transaction(), and ON after it: Kysely begins no transaction of its own.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Run the whole of `up` in db.transaction().execute(…): Kysely begins no transaction on SQLite.';
