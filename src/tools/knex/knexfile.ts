import process from 'node:process';
import type { DriverName } from '../../model/tool.ts';
import { entriesOf } from '../exports.ts';
import { driverImported } from '../imported.ts';

/** The names of the file in which the command of knex looks for settings. */
export const knexfile = /^knexfile\.[cm]?[jt]s$/;

/**
 * The settings of a knexfile: it holds them itself, or those of each environment by its name, of which `NODE_ENV` tells,
 * as for the command of knex. https://knexjs.org/guide/migrations.html#migration-cli
 */
export function chooseEnvironment(given: unknown): Record<string, unknown> {
  const all = entriesOf(given);
  if ('client' in all || 'dialect' in all) return all;
  const names = [process.env['NODE_ENV'] ?? 'development', 'development', 'production'];
  const name = names.find((each) => each in all) ?? Object.keys(all)[0];
  return name === undefined ? all : entriesOf(all[name]);
}

/**
 * The driver of the client that a text names, as knexfiles and calls of knex() do; else the one that it imports, as the text
 * of a dialect of the project's own does. https://knexjs.org/guide/#configuration-options
 */
export function clientNamed(text: string): DriverName | null {
  const named = /\b(?:client|dialect)["'`]?\s*[:=]\s*["'`](better-sqlite3|sqlite3?)["'`]/.exec(text)?.[1];
  if (named === undefined) return driverImported(text);
  return named === 'better-sqlite3' ? 'better-sqlite3' : 'sqlite3';
}
