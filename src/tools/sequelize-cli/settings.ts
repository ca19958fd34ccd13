import type { RunnerSettings } from '../tool.ts';

/** No transaction, and foreign keys switched on by Sequelize; its driver sqlite3 takes double-quoted strings. */
export function settings(): RunnerSettings {
  return { transaction: 'none', foreignKeys: true, doubleQuotedStrings: true };
}
