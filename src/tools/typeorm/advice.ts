/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Leave the transaction to TypeORM (the mode `all` or `each`, and no `transaction = false` in the class): it switches foreign keys off before BEGIN.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Leave `transaction = false` out of the class and the mode `none` out of the data source: TypeORM then begins and commits.';
