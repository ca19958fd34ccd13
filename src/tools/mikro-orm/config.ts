import type { DriverName } from '../../model/tool.ts';
import type { ConfigForm } from '../config-file.ts';

/** The config of MikroORM, whose paths package.json may name. https://mikro-orm.io/docs/quick-start */
export const config: ConfigForm = {
  names: /^mikro-orm\.config\.[cm]?[jt]s$/,
  told: /"configPaths"\s*:\s*\[\s*"([^"]+)"/,
};

/** The driver that a config names: a dialect in its options decides before the package that it comes from. */
export function driverNamed(text: string): DriverName | null {
  if (/\bNodeSqliteDialect\b/.test(text)) return 'node';
  const name = /["']@mikro-orm\/(libsql|better-sqlite|sqlite)["']/.exec(text)?.[1];
  if (name === undefined) return null;
  return name === 'libsql' ? 'libsql' : 'better-sqlite3';
}
