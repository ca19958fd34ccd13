/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'D1 cannot switch foreign keys off: copy the child rows into another table, rebuild, and put them back, all in this file.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction = 'D1 runs each file in one transaction, so a failed file leaves no changes.';
