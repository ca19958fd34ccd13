import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** One transaction goes round all that is pending; foreign keys are off on Android, on iOS and on the JVM, unless the application switches them on. */
export function settings(driver: DriverName): RunnerSettings {
  const { doubleQuotedStrings } = drivers[driver];
  return { transaction: 'all-pending', foreignKeys: drivers[driver].foreignKeys, doubleQuotedStrings };
}
