/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'If rowproof runs the migration, put `-- rowproof: foreign_keys=off` at its head. Otherwise switch foreign keys off on the connection before BEGIN.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Run the whole file in one transaction: leave BEGIN and COMMIT out of the file, and let the migrator begin and commit.';
