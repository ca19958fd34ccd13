/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Write `-- migrate:up transaction:false`, then `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT, and ON again.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction = 'Leave out `transaction:false`, or write BEGIN before and COMMIT after the statements.';

/** Marks a file so that the tool runs it without a transaction. */
export function outsideTransaction(text: string): string {
  return text.replace(/^(--\s*migrate:up)[ \t]*$/m, '$1 transaction:false');
}
