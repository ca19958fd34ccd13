/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run db-migrate with --non-transactional, and put `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into the file.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction = 'Leave out --non-transactional, or write BEGIN before and COMMIT after the statements.';
