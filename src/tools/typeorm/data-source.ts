import type { ConfigForm } from '../config-file.ts';

/**
 * The file of a data source: by the names that its documentation uses, by the option of the command in package.json, else one
 * that exports a data source of SQLite. https://typeorm.io/docs/data-source/data-source
 */
export const dataSource: ConfigForm = {
  names: /^(?:(?:[\w-]+[-.])?data-?source|ormconfig|typeorm[-.]config)\.[cm]?[jt]s$/i,
  told: /(?:\s-d|--dataSource)[=\s]+([^\s"'\\]+)/,
  holds: /\bnew\s+DataSource\s*\(/,
};
