/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Give the changeset runInTransaction:false, and put `PRAGMA foreign_keys = OFF` before the rebuild and ON after it.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Leave out `runInTransaction:false`, or write BEGIN before and COMMIT after the statements.';
