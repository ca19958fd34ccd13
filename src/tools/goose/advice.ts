/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `-- +goose NO TRANSACTION` at the head of the file, then `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT, and ON again.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Leave out `-- +goose NO TRANSACTION`, or write BEGIN before and COMMIT after the statements.';

/** Marks a file so that the tool runs it without a transaction. */
export function outsideTransaction(text: string): string {
  return /\+goose\s+NO\s+TRANSACTION/i.test(text) ? text : `-- +goose NO TRANSACTION\n${text}`;
}
