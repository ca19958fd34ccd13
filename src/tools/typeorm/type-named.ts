import type { DriverName } from '../../model/tool.ts';

/** The driver of the type that a data source names. https://typeorm.io/docs/drivers/sqlite */
export function typeNamed(text: string): DriverName | null {
  const type = /\btype["'`]?\s*:\s*["'`](better-sqlite3|sqlite)["'`]/.exec(text)?.[1];
  if (type === undefined) return null;
  return type === 'sqlite' ? 'sqlite3' : 'better-sqlite3';
}
