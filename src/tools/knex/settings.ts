import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** One transaction round all pending, unless one of them opts out. */
export function settings(driver: DriverName): RunnerSettings {
  const { foreignKeys, doubleQuotedStrings } = drivers[driver];
  return { transaction: 'all-pending', foreignKeys, doubleQuotedStrings };
}
