/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` on the connection before to_latest(), and ON after it: one transaction goes round all files.';
}
