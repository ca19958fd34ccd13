import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { type Ignored, ignoredAmong, namesBelow } from '../load/ignored.ts';
import { readBytes, readSqlText } from '../load/text.ts';

/** A folder of migrations, as tools look at it. */
export interface Folder {
  /** As given by the user. */
  readonly directory: string;
  /** The names of its files, sorted by code units. */
  readonly files: readonly string[];
  /** The files one level below, `folder/file`, sorted. */
  readonly below: readonly string[];
  /** Files that look like SQL and are not among the `files` that end in .sql, with the reason; names as in `files`. */
  readonly strays: readonly Ignored[];
  /** The text of one of them. @throws HarnessError `file-unreadable`, `file-not-utf8` */
  readonly text: (file: string) => string;
  /** The bytes of one of them. @throws HarnessError `file-unreadable` */
  readonly bytes: (file: string) => Uint8Array;
  /** The path of one of them as reports show it. */
  readonly shown: (file: string) => string;
  /** The nearest file of a name in a folder above, or in the folder itself, up to the root of the repository; its path and text. */
  readonly above: (names: RegExp) => { readonly path: string; readonly text: string } | null;
}

/**
 * Looks at a folder. @param replaced texts that stand in the place of those on disk, by the path that reports show.
 * @throws HarnessError `folder-missing`
 */
export function openFolder(directory: string, replaced: ReadonlyMap<string, string> = new Map()): Folder {
  const entries = readEntries(directory);
  const shown = (file: string): string => `${directory.replaceAll('\\', '/').replace(/\/+$/, '')}/${file}`;
  const known = new Map<string, string>();
  const text = (file: string): string => {
    const read = replaced.get(shown(file)) ?? known.get(file) ?? readSqlText(join(directory, file), shown(file));
    known.set(file, read);
    return read;
  };
  return {
    directory,
    files: entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
    below: entries
      .filter((entry) => entry.isDirectory())
      .flatMap((folder) => namesBelow(directory, folder.name).map((name) => `${folder.name}/${name}`))
      .sort(),
    strays: ignoredAmong(directory, entries, (name) => name),
    text,
    bytes: (file) => readBytes(join(directory, file), shown(file)),
    shown,
    above: (names) => findAbove(resolve(directory), names),
  };
}

function readEntries(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (cause) {
    const file = cause instanceof Error && 'code' in cause && cause.code === 'ENOTDIR';
    throw new HarnessError(
      'folder-missing',
      `${directory} ${file ? 'is a file, not a folder' : 'is not a folder that can be read'}.`,
      {
        remedy: 'Name the folder that holds the migrations: rowproof check path/to/migrations',
        facts: { directory },
        cause,
      },
    );
  }
}

/** The number of parent folders that are searched for a manifest: a migrations folder lies no deeper in its package. */
const depth = 6;

function findAbove(start: string, names: RegExp): { path: string; text: string } | null {
  let folder = start;
  for (let level = 0; level < depth; level++) {
    const name = namesOf(folder).find((each) => names.test(each));
    if (name !== undefined) {
      const path = join(folder, name);
      return { path, text: readSqlText(path) };
    }
    if (folder === dirname(folder) || existsSync(join(folder, '.git'))) return null;
    folder = dirname(folder);
  }
  return null;
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
