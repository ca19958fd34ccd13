/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` in the migration before db.transaction(), and ON after it: Kysely begins no transaction of its own.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Run the whole of `up` in db.transaction().execute(…): Kysely begins no transaction on SQLite.';
