import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/**
 * One transaction goes round all that is pending. The libsql migrator switches foreign keys off before it begins.
 */
export function settings(driver: DriverName): RunnerSettings {
  const { foreignKeys, doubleQuotedStrings } = drivers[driver];
  return { transaction: 'all-pending', foreignKeys: driver !== 'libsql' && foreignKeys, doubleQuotedStrings };
}
