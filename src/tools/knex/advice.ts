/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Put `exports.config = { transaction: false }` into the migration: only outside a transaction can knex switch foreign keys off while it rebuilds a table.';
}
