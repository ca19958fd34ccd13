/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'If rowproof runs the migration, put `-- rowproof: foreign_keys=off` at its head. Otherwise switch foreign keys off on the connection before BEGIN.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Run the whole file in one transaction: leave BEGIN and COMMIT out of the file, and let the migrator begin and commit.';
