import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** One transaction round all pending, and foreign keys switched on by TypeORM, which switches them off before it begins. */
export function settings(driver: DriverName): RunnerSettings {
  return { transaction: 'all-pending', foreignKeys: true, doubleQuotedStrings: drivers[driver].doubleQuotedStrings };
}
