import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** One transaction goes round all that is pending. */
export function settings(driver: DriverName): RunnerSettings {
  const { doubleQuotedStrings } = drivers[driver];
  return { transaction: 'all-pending', foreignKeys: drivers[driver].foreignKeys, doubleQuotedStrings };
}
