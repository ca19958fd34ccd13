import { type Dirent, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { openFolder } from './folder.ts';
import { plain } from './plain/plain.ts';
import { tools } from './tools.ts';

/** Folders that hold no migrations of the project itself. */
const foreign =
  /^(?:\..*|node_modules|vendor|target|dist|build|out|coverage|tests?|__tests__|testdata|fixtures|examples?|demos?|seed(?:er)?s?|docs?)$/i;

/** Names that people give a folder of migrations. */
const usual = /migrat|drizzle|changelog|^sql$/i;

/** Migrations lie no deeper than this below the root of a repository. */
const deepest = 10;

/** Words of a folder's name that say that its migrations are another database's, beside which those for SQLite lie. */
const otherDatabase =
  /(?:^|[-_.])(?:mysql|mariadb|postgres(?:ql)?|pgsql|pg|mssql|sqlserver|oracle|cockroach(?:db)?|clickhouse|mongo(?:db)?)(?:[-_.]|$)/i;

/** The number of folders that are searched: a home directory given by mistake must not take minutes. */
const mostFolders = 5000;

/**
 * The folders of migrations under a root, which may be one itself; paths as the root was given, sorted. Folders that a tool
 * recognises or that have a usual name come before others with numbered files.
 */
export function discoverMigrations(root: string): string[] {
  const found: { readonly path: string; readonly likely: boolean }[] = [];
  let level = [root];
  let seen = 0;
  for (let depth = 0; depth <= deepest && level.length > 0 && seen < mostFolders; depth++) {
    const next: string[] = [];
    for (const path of level) {
      const entries = entriesOf(path);
      seen += 1;
      const likely = howLikely(path, entries);
      if (likely !== null) found.push({ path, likely });
      else next.push(...foldersAmong(entries).map((name) => (path === '.' ? name : join(path, name))));
    }
    level = next;
  }
  const likely = found.filter((each) => each.likely);
  return (likely.length > 0 ? likely : found).map(({ path }) => path.replaceAll('\\', '/')).sort();
}

/** Whether a folder is one of migrations by a tool's evidence or its name; null where it holds none. */
function howLikely(path: string, entries: readonly Dirent[]): boolean | null {
  if (!entries.some((entry) => entry.isDirectory() || /\.(?:sql|[cm]?[jt]s|py|go|rb)$/i.test(entry.name))) return null;
  try {
    const folder = openFolder(path);
    if (tools.some((tool) => tool !== plain && tool.recognise(folder) !== null)) return true;
    const { files } = plain.read(folder);
    if (usual.test(basename(path)) && files.length > 0) return true;
    return files.some(({ kind }) => kind === 'sql') ? false : null;
  } catch (error) {
    // The run that reads this folder tells what is wrong with it.
    if (error instanceof HarnessError) return true;
    throw error;
  }
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
