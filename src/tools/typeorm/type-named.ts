import type { DriverName } from '../../model/tool.ts';
import { driverImported } from '../imported.ts';

/** The driver of the type that a data source names, or the one that it is given in its place. https://typeorm.io/docs/drivers/sqlite */
export function typeNamed(text: string): DriverName | null {
  const type = /\btype["'`]?\s*:\s*["'`](better-sqlite3|sqlite|sqljs)["'`]/.exec(text)?.[1];
  if (type === 'better-sqlite3') return /\bdriver\s*:/.test(text) ? (driverImported(text) ?? type) : type;
  return type === undefined ? null : (drivers[type] ?? null);
}

const drivers: Readonly<Record<string, DriverName>> = { sqlite: 'sqlite3', sqljs: 'sql.js' };
