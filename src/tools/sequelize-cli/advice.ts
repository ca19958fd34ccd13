/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Run `PRAGMA foreign_keys = OFF` by queryInterface.sequelize.query before changeColumn or removeColumn, and ON after it: Sequelize begins no transaction.';
}
