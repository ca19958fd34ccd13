import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** None but what a migration begins itself: Kysely takes SQLite for a database without transactions round its schema. */
export function settings(driver: DriverName): RunnerSettings {
  const { foreignKeys, doubleQuotedStrings } = drivers[driver];
  return { transaction: 'none', foreignKeys, doubleQuotedStrings };
}
