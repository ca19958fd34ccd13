/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `exports.config = { transaction: false }` into the migration: only outside a transaction can knex switch foreign keys off while it rebuilds a table.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'knex puts a transaction round all that is pending: leave `exports.config = { transaction: false }` and BEGIN out of the migration.';
