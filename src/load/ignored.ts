import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file or folder that looks like an input but is ignored. */
export interface Ignored {
  readonly file: string;
  /** The reason, in words that follow its name and "was ignored:". */
  readonly reason: string;
}

/** Whether a name has the ending of a SQL file, in letters of any case. */
export function isSqlFile(name: string): boolean {
  return /\.sql$/i.test(name);
}

/**
 * The entries of any folder that look like SQL but are not read: other endings, and folders.
 * @param read the folders below that are read
 * @param shown the path of an entry as reports show it
 */
export function ignoredAmong(
  directory: string,
  entries: readonly Dirent[],
  shown: (name: string) => string,
  read: readonly string[] = [],
): Ignored[] {
  return entries.flatMap((entry) => {
    const { name } = entry;
    if (!entry.isDirectory()) {
      // A copy or a draft that an editor left, and dialects of other databases.
      const isLike = /\.sql(?![a-z])|\.(?:psql|ddl|dml)$/i.test(name) && !isSqlFile(name);
      return isLike ? [{ file: shown(name), reason: 'its name does not end in .sql' }] : [];
    }
    if (read.includes(name)) return [];
    const within = namesBelow(directory, name).filter(isSqlFile).length;
    if (within > 0) {
      const count = within === 1 ? '1 SQL file' : `${within} SQL files`;
      return [
        { file: shown(name), reason: `it is a folder, and the ${count} in it ${within === 1 ? 'is' : 'are'} not read` },
      ];
    }
    return isSqlFile(name) ? [{ file: shown(name), reason: 'it is a folder' }] : [];
  });
}

/** The names in a subfolder; empty if the folder may not be read. */
export function namesBelow(directory: string, folder: string): string[] {
  try {
    return readdirSync(join(directory, folder));
  } catch {
    return [];
  }
}
