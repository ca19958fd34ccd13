/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into the file: postgrator runs it without a transaction, so they act.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'postgrator begins no transaction: write BEGIN at the head of the file and COMMIT at its end, with PRAGMA foreign_keys outside of them.';

/** The tool runs each file without a transaction, so that none needs a mark. */
export function outsideTransaction(text: string): string {
  return text;
}
