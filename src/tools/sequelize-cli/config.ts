import process from 'node:process';
import type { ConfigForm } from '../config-file.ts';
import { entriesOf } from '../exports.ts';

/** The file that names the config of sequelize-cli, else the config itself. https://sequelize.org/docs/v6/other-topics/migrations/ */
export const config: ConfigForm = {
  names: /^\.sequelizerc$/,
  usual: ['config/config.js', 'config/config.json'],
};

/**
 * The settings of an environment: those of `NODE_ENV`, as for the command, else of the first that is SQLite. A config may be
 * the settings themselves.
 * @param given what the config holds.
 * @throws TypeError where every environment names another database
 */
export function chooseEnvironment(given: unknown, file: string): Record<string, unknown> {
  const all = entriesOf(given);
  const own = process.env['NODE_ENV'] ?? 'development';
  const named = [own, 'development', 'production', ...Object.keys(all)].filter((name) => name in all);
  const environments = 'dialect' in all || 'storage' in all ? [all] : named.map((name) => entriesOf(all[name]));
  const found = environments.find(isSqlite);
  if (found !== undefined || environments.length === 0) return found ?? {};
  const dialects = [...new Set(environments.map(({ dialect, url }) => String(dialect ?? schemeOf(url))))];
  throw new TypeError(`${file} names no database of SQLite, but ${dialects.join(', ')}`);
}

/** A url in the environment may be any; the drivers of other databases are not there. */
function isSqlite({ dialect, url, use_env_variable: variable }: Record<string, unknown>): boolean {
  if (dialect !== undefined) return dialect === 'sqlite';
  return typeof url === 'string' ? schemeOf(url) === 'sqlite' : typeof variable === 'string';
}

function schemeOf(url: unknown): string {
  return /^(\w+):/.exec(String(url))?.[1] ?? 'none';
}
