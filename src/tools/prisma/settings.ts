import type { DriverName } from '../../model/tool.ts';
import { drivers } from '../drivers.ts';
import type { RunnerSettings } from '../tool.ts';

/** Prisma runs a file as it stands, without a transaction. */
export function settings(driver: DriverName): RunnerSettings {
  const { doubleQuotedStrings } = drivers[driver];
  return { transaction: 'none', foreignKeys: drivers[driver].foreignKeys, doubleQuotedStrings };
}
