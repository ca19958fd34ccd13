/** The way to keep foreign keys from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` by queryInterface.sequelize.query before changeColumn or removeColumn, and ON after it: Sequelize begins no transaction.';
}

/** The way to run a whole migration in one transaction. */
export const oneTransaction =
  'Run the whole of `up` in queryInterface.sequelize.transaction(…), and pass the transaction to every call.';
