import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** A transaction goes round each file; the version is written in others. */
export function settings(driver: DriverName): RunnerSettings {
  const { doubleQuotedStrings } = drivers[driver];
  return { transaction: 'per-migration', foreignKeys: drivers[driver].foreignKeys, doubleQuotedStrings };
}
