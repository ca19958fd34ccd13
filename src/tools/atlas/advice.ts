/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Atlas switches foreign keys off by itself, before it begins.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Leave out `-- atlas:txmode none`, or write BEGIN before and COMMIT after the statements.';
