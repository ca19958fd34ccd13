/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `PRAGMA foreign_keys = OFF` at the head of the file and ON at its end: Prisma runs it without a transaction, so it acts.';
}
