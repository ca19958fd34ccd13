/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Atlas switches foreign keys off by itself, before it begins.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Leave out `-- atlas:txmode none`, or write BEGIN before and COMMIT after the statements.';
