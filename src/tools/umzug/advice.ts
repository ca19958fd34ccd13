/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` in the migration before its transaction, and ON after it: Umzug begins none.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Run the whole of `up` in a transaction of the connection that is your context: Umzug begins none.';
