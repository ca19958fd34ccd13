import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** Those of rowproof's own migrator: a transaction for each file. */
export function settings(driver: DriverName): RunnerSettings {
  const { foreignKeys, doubleQuotedStrings } = drivers[driver];
  return { transaction: 'per-migration', foreignKeys, doubleQuotedStrings };
}
