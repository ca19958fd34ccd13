/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Add `x-no-tx-wrap=true` to the URL of the database, and `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again to the file.';
}
