import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** A transaction goes round each file; Atlas switches foreign keys off before it and checks them after it. */
export function settings(driver: DriverName): RunnerSettings {
  const { doubleQuotedStrings } = drivers[driver];
  return { transaction: 'per-migration', foreignKeys: false, doubleQuotedStrings };
}
