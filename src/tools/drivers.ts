import { basename, dirname, join } from 'node:path';
import type { DriverName } from '../model/tool.ts';
import type { Folder } from './folder.ts';
import { aliased, forkIn, forkNamed } from './forks.ts';

/** The way in which a driver opens a database. */
export interface DriverFacts {
  /** Whether foreign keys are enforced without anybody's doing. https://sqlite.org/foreignkeys.html#fk_enable */
  readonly foreignKeys: boolean;
  /** Whether "x" may be a string. https://sqlite.org/quirks.html#dblquote */
  readonly doubleQuotedStrings: boolean;
  /** The version of its SQLite, where that is older than the one of better-sqlite3. */
  readonly sqlite?: string;
}

/** Measured with each driver, but for `rust` (bundled libsqlite3-sys), `go` by modernc and `expo`, which were read. */
export const drivers: Readonly<Record<DriverName, DriverFacts>> = {
  'better-sqlite3': { foreignKeys: true, doubleQuotedStrings: false },
  node: { foreignKeys: true, doubleQuotedStrings: false },
  libsql: { foreignKeys: true, doubleQuotedStrings: false, sqlite: '3.45.1' },
  sqlite3: { foreignKeys: false, doubleQuotedStrings: true },
  'sql.js': { foreignKeys: false, doubleQuotedStrings: true },
  bun: { foreignKeys: false, doubleQuotedStrings: true },
  d1: { foreignKeys: true, doubleQuotedStrings: true },
  go: { foreignKeys: false, doubleQuotedStrings: true },
  rust: { foreignKeys: true, doubleQuotedStrings: true },
  jdbc: { foreignKeys: false, doubleQuotedStrings: true },
  expo: { foreignKeys: false, doubleQuotedStrings: true },
};

/** Packages by the driver that they bring, the one that tools prefer first. */
const packages: readonly (readonly [string, DriverName])[] = [
  ['@libsql/client', 'libsql'],
  ['@mikro-orm/libsql', 'libsql'],
  ['better-sqlite3', 'better-sqlite3'],
  ['@mikro-orm/sqlite', 'better-sqlite3'],
  ['@mikro-orm/better-sqlite', 'better-sqlite3'],
  ['expo-sqlite', 'expo'],
  ['sqlite3', 'sqlite3'],
];

/**
 * The driver that the nearest package.json names, with where; null where it names none. A fork counts as the driver that it
 * is a fork of. A `migrations.js` beside a journal is made for applications on devices
 * (https://orm.drizzle.team/docs/connect-expo-sqlite).
 */
export function findDriver(folder: Folder): { readonly driver: DriverName; readonly evidence: string } | null {
  if (folder.files.includes('migrations.js') && folder.below.includes('meta/_journal.json'))
    return { driver: 'expo', evidence: 'migrations.js' };
  const native = findNative(folder);
  if (native !== null) return native;
  const manifest = folder.above(/^package\.json$/);
  if (manifest === null) return null;
  const installed = join(dirname(manifest.path), 'node_modules');
  // Packages for production take precedence over those for developers.
  for (const kind of [/^dependencies$/, /^(?:dev|peer|optional)Dependencies$/]) {
    const named = dependenciesOf(manifest.text, kind);
    const byName = named.map(([name, range]) => [name, nameOf(aliased(name, range), range)] as const);
    const byFiles = named.map(([name]) => [name, forkIn(join(installed, name))] as const);
    for (const found of [byName, byFiles]) {
      const driver = packages.find(([package_]) => found.some(([, each]) => each === package_));
      const dependency = found.find(([, each]) => each === driver?.[0]);
      if (driver !== undefined && dependency !== undefined)
        return { driver: driver[1], evidence: `${dependency[0]} in package.json` };
    }
  }
  return null;
}

/** The packages of Rust and Go that bring SQLite, and the driver that they are here. */
const natives: readonly (readonly [string, RegExp, DriverName])[] = [
  ['Cargo.toml', /^\s*(rusqlite|sqlx|diesel|libsqlite3-sys)\b/m, 'rust'],
  ['go.mod', /\b(mattn\/go-sqlite3|modernc\.org\/sqlite|ncruces\/go-sqlite3|zombiezen\.com\/go\/sqlite)\b/, 'go'],
];

/** The driver of a program that is not JavaScript's, where its manifest is the nearest. */
function findNative(folder: Folder): { readonly driver: DriverName; readonly evidence: string } | null {
  const manifest = folder.above(/^(?:package\.json|Cargo\.toml|go\.mod)$/);
  if (manifest === null) return null;
  for (const [name, form, driver] of natives) {
    const named = basename(manifest.path) === name ? form.exec(manifest.text)?.[1] : undefined;
    if (named !== undefined) return { driver, evidence: `${named} in ${name}` };
  }
  return null;
}

/** The name under which a driver is known here. Up to version 6, @mikro-orm/sqlite brings sqlite3. */
function nameOf(package_: string, range: unknown): string {
  if (package_ === '@mikro-orm/sqlite' && typeof range === 'string' && /^\D*[1-6](?:\.|$)/.test(range))
    return 'sqlite3';
  return forkNamed(package_) ?? package_;
}

function dependenciesOf(text: string, kind: RegExp): readonly (readonly [string, unknown])[] {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== 'object' || manifest === null) return [];
    const lists = Object.entries(manifest).filter(([key]) => kind.test(key));
    return lists.flatMap(([, list]) => (typeof list === 'object' && list !== null ? Object.entries(list) : []));
  } catch {
    // A package.json that cannot be read tells nothing about the driver; whatever needs it complains by itself.
    return [];
  }
}
