/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Leave the transaction to TypeORM (the mode `all` or `each`, and no `transaction = false` in the class): it switches foreign keys off before BEGIN.';
}
