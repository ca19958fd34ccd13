/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `-- rowproof: foreign_keys=off` at the head of the migration where rowproof runs it; else switch foreign keys off on the connection before BEGIN.';
}
