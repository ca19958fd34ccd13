/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` by queryInterface.sequelize.query before changeColumn or removeColumn, and ON after it: Sequelize begins no transaction.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction =
  'Run the whole of `up` in queryInterface.sequelize.transaction(…), and pass the transaction to every call.';
