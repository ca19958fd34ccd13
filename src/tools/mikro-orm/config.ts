import type { DriverName } from '../../model/tool.ts';
import type { ConfigForm } from '../config-file.ts';

/** The config of MikroORM, whose paths package.json may name. https://mikro-orm.io/docs/quick-start */
export const config: ConfigForm = {
  names: /^mikro-orm\.config\.[cm]?[jt]s$/,
  told: /"configPaths"\s*:\s*\[\s*"([^"]+)"/,
};

/** The driver of a dialect in the options of a config; otherwise its package decides, whose version package.json tells. */
export function driverNamed(text: string): DriverName | null {
  return /\bNodeSqliteDialect\b/.test(text) ? 'node' : null;
}
