/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run db-migrate with --non-transactional, and put `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into the file.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction = 'Leave out --non-transactional, or write BEGIN before and COMMIT after the statements.';
