import { type Dirent, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { isOfOtherDatabase } from './dialect.ts';
import { openFolder } from './folder.ts';
import { plain } from './plain/plain.ts';
import { tools } from './tools.ts';

/** Folders that hold no migrations of the project itself. */
const foreign =
  /^(?:\..*|node_modules|vendor|target|dist|build|out|coverage|tests?|__tests__|testdata|test[-_.].*|.*[-_.]tests?|.*fixtures?|examples?|demos?|seed(?:er)?s?|docs?)$/i;

/** Names that people give a folder of migrations. */
const usual = /migrat|drizzle|changelog|^sql$/i;

/** Migrations lie no deeper than this below the root of a repository. */
const deepest = 10;

/** Words of a folder's name that say that its migrations are another database's, beside which those for SQLite lie. */
const otherDatabase =
  /(?:^|[-_.])(?:mysql|mariadb|postgres(?:ql)?|pgsql|pg|mssql|sqlserver|oracle|cockroach(?:db)?|clickhouse|mongo(?:db)?)(?:[-_.]|$)/i;

/** The number of folders that are searched: a home directory given by mistake must not take minutes. */
const mostFolders = 5000;

/** How likely a folder is one of migrations for SQLite, the likeliest first. */
const ranks = ['known', 'programs', 'numbered', 'other-database'] as const;

type Rank = (typeof ranks)[number];

/**
 * The folders of migrations under a root, which may be one itself; paths as the root was given, sorted. Folders that a tool
 * recognises or that have a usual name come before programs that no tool claims, these before others with numbered files,
 * and those of another database come last.
 */
export function discoverMigrations(root: string): string[] {
  const found: { readonly path: string; readonly rank: Rank }[] = [];
  let level = [root];
  let seen = 0;
  for (let depth = 0; depth <= deepest && level.length > 0 && seen < mostFolders; depth++) {
    const next: string[] = [];
    for (const path of level) {
      const entries = entriesOf(path);
      seen += 1;
      const rank = rankOf(path, entries);
      if (rank !== null) found.push({ path, rank });
      else next.push(...foldersAmong(entries).map((name) => (path === '.' ? name : join(path, name))));
    }
    level = next;
  }
  const best = ranks.find((rank) => found.some((each) => each.rank === rank));
  return found
    .filter(({ rank }) => rank === best)
    .map(({ path }) => path.replaceAll('\\', '/'))
    .sort();
}

/** The rank of a folder by a tool's evidence, its name and its texts; null where it holds no migrations. */
function rankOf(path: string, entries: readonly Dirent[]): Rank | null {
  if (!entries.some((entry) => entry.isDirectory() || /\.(?:sqm|sql|[cm]?[jt]s|py|go|rb)$/i.test(entry.name)))
    return null;
  try {
    const folder = openFolder(path);
    const isKnown = tools.some((tool) => tool !== plain && tool.recognise(folder) !== null);
    const files = isKnown ? [] : plain.read(folder).files;
    const hasSql = files.some(({ kind }) => kind === 'sql');
    if (!isKnown && !hasSql && !(usual.test(basename(path)) && files.length > 0)) return null;
    if (isOfOtherDatabase(folder)) return 'other-database';
    if (isKnown || (hasSql && isUsualPlace(path))) return 'known';
    return hasSql ? 'numbered' : 'programs';
  } catch (error) {
    // The run that reads this folder tells what is wrong with it.
    if (error instanceof HarnessError) return 'known';
    throw error;
  }
}

/** Whether a folder or one of the two above it has a usual name: `migrations/sqlite`, `schema/migrations/main`. */
function isUsualPlace(path: string): boolean {
  const names = path.split(/[\\/]/);
  return names.slice(-3).some((name) => usual.test(name));
}

function foldersAmong(entries: readonly Dirent[]): string[] {
  return entries
    .filter((entry) => entry.isDirectory() && !foreign.test(entry.name) && !otherDatabase.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read holds nothing for us.
    return [];
  }
}
