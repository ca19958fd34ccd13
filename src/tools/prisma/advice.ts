/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `PRAGMA foreign_keys = OFF` at the head of the file and ON at its end: Prisma runs it without a transaction, so it acts.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Prisma begins no transaction: write BEGIN at the head of the file and COMMIT at its end, with PRAGMA foreign_keys outside of them.';

/** The way to repair a database after a half-applied migration. */
export const afterFailure =
  'Undo its changes by hand, then run `prisma migrate resolve --rolled-back NAME`. Until then Prisma refuses every deploy (P3009).';

/** The tool runs each file without a transaction, so that none needs a mark. */
export function outsideTransaction(text: string): string {
  return text;
}
