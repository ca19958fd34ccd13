import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** A transaction goes round each migration; its line in the ledger is written behind it. */
export function settings(driver: DriverName): RunnerSettings {
  const { doubleQuotedStrings } = drivers[driver];
  return { transaction: 'per-migration', foreignKeys: drivers[driver].foreignKeys, doubleQuotedStrings };
}
