/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Set `migrations: { transactional: false }` in the config: within the transaction that MikroORM begins, `pragma foreign_keys = off` does nothing.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Leave `transactional: false` and isTransactional() out: MikroORM then begins and commits.';
