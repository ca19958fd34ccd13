/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again into the file: postgrator runs it without a transaction, so they act.';
}
