import { isSqlFile } from '../load/ignored.ts';
import { hasOtherDialect } from '../sql/other-dialect.ts';
import type { Folder } from './folder.ts';

/** The number of files that are read: the first ones make the tables. */
const mostFiles = 20;

/** The file in which a tool keeps the dialect of a folder. */
const dialectFiles = /^(?:meta\/_journal\.json|migration_lock\.toml)$/;

const dialect = /["']?(?:dialect|provider)["']?\s*[:=]\s*["'](\w+)["']/;

/**
 * Whether the migrations of a folder are for another database: its tool says so, or its texts have words that SQLite does not
 * know. @throws HarnessError `file-unreadable`, `file-not-utf8`
 */
export function isOfOtherDatabase(folder: Folder): boolean {
  const all = [...folder.files, ...folder.below];
  const said = all
    .filter((file) => dialectFiles.test(file))
    .map((file) => dialect.exec(folder.text(file))?.[1])
    .find((name) => name !== undefined);
  if (said !== undefined) return !/^(?:sqlite|turso|libsql|d1)/i.test(said);
  return all
    .filter(isSqlFile)
    .slice(0, mostFiles)
    .some((file) => hasOtherDialect(folder.text(file)));
}
