import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** Those of rowproof's own migrator: a transaction for each file. */
export function settings(driver: DriverName): RunnerSettings {
  return { transaction: 'per-migration', ...drivers[driver] };
}
