import type { DriverName } from '../../model/tool.ts';

/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(driver: DriverName): string {
  if (driver === 'libsql') return 'The libsql migrator switches foreign keys off by itself, before it begins.';
  return 'Run `PRAGMA foreign_keys = OFF` on the connection before migrate(), and ON after it: it has no effect inside a file.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'drizzle runs all pending migrations in one transaction: leave COMMIT and BEGIN out of the file.';
