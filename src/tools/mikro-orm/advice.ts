/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Set `migrations: { transactional: false }` in the config: within the transaction that MikroORM begins, `pragma foreign_keys = off` does nothing.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Leave `transactional: false` and isTransactional() out: MikroORM then begins and commits.';
