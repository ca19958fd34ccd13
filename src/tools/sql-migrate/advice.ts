/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Write `-- +migrate Up notransaction`, then `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT, and ON again.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction = 'Leave out `notransaction`, or write BEGIN before and COMMIT after the statements.';

/** Marks a file so that the tool runs it without a transaction. */
export function outsideTransaction(text: string): string {
  return text.replace(/^(--\s*\+migrate\s+Up)[ \t]*$/im, '$1 notransaction');
}
