import { registerHooks } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { forkIn, forkNamed } from '../../tools/forks.ts';
import { betterSqlite3, type Opening } from './better-sqlite3.ts';
import { bunSqlite } from './bun-sqlite.ts';
import type { Client } from './connection.ts';
import { libsqlClient } from './libsql.ts';
import { nodeSqlite } from './node-sqlite.ts';
import { sqlJs } from './sql-js.ts';
import { sqlite3 } from './sqlite3.ts';

/** Drivers that have a stand-in over the connection of the step, by the names of their packages; so have their forks. */
const standIns: Readonly<Record<string, (client: Client, opening: Opening) => unknown>> = {
  'better-sqlite3': betterSqlite3,
  libsql: betterSqlite3,
  '@libsql/client': libsqlClient,
  '@libsql/client/sqlite3': libsqlClient,
  '@libsql/client/node': libsqlClient,
  sqlite3,
  'node:sqlite': nodeSqlite,
  'bun:sqlite': bunSqlite,
  'sql.js': sqlJs,
};

/** Drivers that are refused, because they would open a file and have no stand-in. */
const refused: ReadonlySet<string> = new Set([
  ...['@sqlite.org/sqlite-wasm', '@libsql/client/web', '@libsql/client/http', '@libsql/client/ws'],
  ...[
    '@tursodatabase/database',
    '@tursodatabase/sync',
    '@tursodatabase/serverless',
    'node-sqlite3-wasm',
    'sqlite-native',
  ],
  ...['@journeyapps/sqlcipher', 'expo-sqlite', 'op-sqlite'],
]);

const scheme = 'rowproof-driver:';

/** Stand-ins by name, where the modules that take the places of drivers find them. */
const place = Symbol.for('rowproof.drivers');

/**
 * Replaces the drivers of SQLite in this thread, before any module of the user's is loaded, so that no program opens a
 * database by itself. https://nodejs.org/api/module.html#moduleregisterhooksoptions
 */
export function replaceDrivers(client: Client, opening: Opening): void {
  const made = new Map<string, unknown>();
  const give = (name: string): unknown => {
    if (!made.has(name)) made.set(name, standIns[name]?.(client, opening));
    return made.get(name);
  };
  Object.defineProperty(globalThis, place, { value: give });
  registerHooks({
    resolve: (specifier, context, next) => {
      const named = nameOf(specifier);
      if (named !== null) return standIn(named, context.conditions);
      const resolved = next(specifier, context);
      // A loader may ask for the file and not for the package.
      const package_ = packageOf(resolved.url);
      return package_ === null ? resolved : standIn(package_, context.conditions);
    },
    load: (url, context, next) => {
      if (!url.startsWith(scheme)) return next(url, context);
      const [kind = '', name = ''] = url.slice(scheme.length).split('|');
      if (refused.has(name)) throw new Error(refusal(name));
      const format = kind === 'require' ? 'commonjs' : 'module';
      return { format, shortCircuit: true, source: sourceOf(name, format, give(name)) };
    },
  });
  const { getBuiltinModule } = process;
  Object.defineProperty(process, 'getBuiltinModule', {
    value: (name: string): unknown => {
      const named = nameOf(name);
      return named === null ? Reflect.apply(getBuiltinModule, process, [name]) : give(named);
    },
  });
  refuseAddons();
}

/** A driver that is loaded in a way that no hook sees still has to load its native part. */
function refuseAddons(): void {
  const { dlopen } = process;
  Object.defineProperty(process, 'dlopen', {
    value: (module: object, path: string, ...rest: unknown[]): unknown => {
      if (/sqlite|libsql|turso|sqlcipher/i.test(path.split(/[\\/]/).at(-1) ?? '')) throw new Error(refusal(path));
      return Reflect.apply(dlopen, process, [module, path, ...rest]);
    },
  });
}

function refusal(name: string): string {
  return `${name} is not loaded: it would open a database of its own, and rowproof has no stand-in for it.`;
}

/** @param conditions Node 22 gives a Set of them where a module is required. */
function standIn(name: string, conditions: Iterable<string>): { url: string; shortCircuit: true } {
  const kind = requiresUnseen || new Set(conditions).has('require') ? 'require' : 'import';
  return { url: `${scheme}${kind}|${name}`, shortCircuit: true };
}

/** Node 22 does not tell a hook that a CommonJS package, once imported, requires another. */
const requiresUnseen = process.versions.node.startsWith('22.');

function nameOf(specifier: string): string | null {
  return specifier in standIns || refused.has(specifier) ? specifier : forkNamed(specifier);
}

/** The drivers that installed packages are, by their folders; null where one is none. */
const seen = new Map<string, string | null>();

/** The driver that a file belongs to: its package is one by name, or is a fork of one by its files. */
function packageOf(url: string): string | null {
  const [, folder, name] = /(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(url) ?? [];
  if (folder === undefined || name === undefined) return null;
  const known = seen.get(folder);
  if (known !== undefined) return known;
  const found =
    nameOf(name.replaceAll('\\', '/')) ?? (folder.startsWith('file:') ? forkIn(fileURLToPath(folder)) : null);
  seen.set(folder, found);
  return found;
}

/**
 * A module that gives the stand-in, with its parts by name. An ES module has to write them out; for CommonJS, Node reads them
 * from the text, which need not run. https://nodejs.org/api/esm.html#commonjs-namespaces
 */
function sourceOf(name: string, format: 'commonjs' | 'module', given: unknown): string {
  const get = `globalThis[Symbol.for('rowproof.drivers')](${JSON.stringify(name)})`;
  const parts = given === null || given === undefined ? [] : Object.keys(given);
  const names = parts.filter((part) => /^[A-Za-z_]\w*$/.test(part) && part !== 'default');
  if (format === 'commonjs') {
    const lines = names.map((part) => `module.exports.${part} = undefined;`).join(' ');
    return `module.exports = ${get};\nif (false) { ${lines} }`;
  }
  return `const driver = ${get};\nexport default driver;\n${names.map((part) => `export const ${part} = driver.${part};`).join('\n')}`;
}
