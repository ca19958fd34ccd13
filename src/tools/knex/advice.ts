/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `exports.config = { transaction: false }` into the migration: only outside a transaction can knex switch foreign keys off while it rebuilds a table.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'knex puts a transaction round all that is pending: leave `exports.config = { transaction: false }` and BEGIN out of the migration.';
