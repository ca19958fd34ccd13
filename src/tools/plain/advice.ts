/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `-- rowproof: foreign_keys=off` at the head of the migration where rowproof runs it; else switch foreign keys off on the connection before BEGIN.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Let one transaction go round the whole file: leave BEGIN and COMMIT out of it and let the migrator begin and commit.';
