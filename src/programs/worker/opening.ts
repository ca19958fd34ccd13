import { betterSqlite3, type Opening } from './better-sqlite3.ts';
import type { Client } from './connection.ts';

/** Decides which databases programs may open. */
export interface OpeningRule {
  readonly open: Opening;
  /** Makes databases for a tool that is given one. */
  readonly database: (client: Client) => () => object;
  /** Says that the modules are loaded. */
  readonly loaded: () => void;
  /** The database that was given to a module in place of its own; null where none was. */
  readonly replaced: () => string | null;
}

/**
 * A module that opens a database when it is loaded has the one that it works on in production: it gets the one of the step.
 * A second one is refused, and so is any other file while a migration runs, for that is a database of its own.
 */
export function createOpening(): OpeningRule {
  let isLoading = true;
  let configured: string | null = null;
  const open: Opening = (path) => {
    if (path === ':memory:' || path === configured) return;
    if (isLoading && configured === null) {
      configured = path;
      return;
    }
    throw new Error(`the database ${path} is not opened: rowproof lets a migration use its own database alone`);
  };
  return {
    open,
    database: (client) => () => {
      const made = betterSqlite3(client, open);
      // It is a class, which makes objects.
      const opened: unknown = typeof made === 'function' ? Reflect.construct(made, [':memory:']) : null;
      if (typeof opened === 'object' && opened !== null) return opened;
      throw new Error('the stand-in for better-sqlite3 makes no database');
    },
    loaded: () => {
      isLoading = false;
    },
    replaced: () => configured,
  };
}
