/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Give the changeset runInTransaction:false, and put `PRAGMA foreign_keys = OFF` before the rebuild and ON after it.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Leave out `runInTransaction:false`, or write BEGIN before and COMMIT after the statements.';
