/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into the file: postgrator runs it without a transaction, so they act.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'postgrator begins no transaction: write BEGIN at the head of the file and COMMIT at its end, with PRAGMA foreign_keys outside of them.';
