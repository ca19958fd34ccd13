import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** One transaction round all pending, with a savepoint for each, and foreign keys switched on by MikroORM when it connects. */
export function settings(driver: DriverName): RunnerSettings {
  return { transaction: 'all-pending', foreignKeys: true, doubleQuotedStrings: drivers[driver].doubleQuotedStrings };
}
