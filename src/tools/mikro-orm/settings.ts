import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** One transaction round all pending, with a savepoint for each, and foreign keys as the driver opens them. */
export function settings(driver: DriverName): RunnerSettings {
  const { foreignKeys, doubleQuotedStrings } = drivers[driver];
  return { transaction: 'all-pending', foreignKeys, doubleQuotedStrings };
}
