/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Switch foreign keys off on the connection before Schema.migrate(), and on after it (on Android in onOpen() instead of onConfigure()): all files run in one transaction.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'SQLDelight runs all pending migrations in one transaction: leave BEGIN and COMMIT out of the file.';
