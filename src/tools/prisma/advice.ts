/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `PRAGMA foreign_keys = OFF` at the head of the file and ON at its end: Prisma runs it without a transaction, so it acts.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Prisma begins no transaction: write BEGIN at the head of the file and COMMIT at its end, with PRAGMA foreign_keys outside of them.';

/** How a database is brought on after a migration left half of itself behind. */
export const afterFailure =
  'Undo its changes by hand, then run `prisma migrate resolve --rolled-back NAME`. Until then Prisma refuses every deploy (P3009).';
