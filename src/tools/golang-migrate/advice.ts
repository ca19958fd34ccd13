/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Add `x-no-tx-wrap=true` to the URL of the database, and `PRAGMA foreign_keys = OFF`, BEGIN, …, COMMIT and ON again to the file.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Leave `x-no-tx-wrap` out of the URL and BEGIN and COMMIT out of the file; under `x-no-tx-wrap=true` write them into the file.';

/** The way to repair a database after a half-applied migration. */
export const afterFailure =
  'Undo its changes by hand, then run `migrate force VERSION` with the previous version. Until then the database is dirty and migrate refuses every run.';
