import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Inputs } from './inputs.ts';
import { outputError, prepareOutput } from './output.ts';
import { unwritable } from './target.ts';

/** A file of a folder, by its path in it with `/`. */
export interface FolderFile {
  readonly path: string;
  readonly text: string;
}

/** A folder that a run fills. */
export interface FolderOutput {
  /**
   * Takes the files of an earlier run away and writes others.
   * @throws HarnessError `output-unwritable`, `disk-full`
   */
  write(files: readonly FolderFile[]): void;
}

/** The file that lists what a run has written, by path and hash: nothing else is ever taken away. */
const listName = '.rowproof-files.json';

/**
 * Checks a folder before the work rather than after it: it does not exist, is empty, or holds what an earlier run wrote and
 * nobody has changed since.
 * @throws HarnessError `output-unwritable` where it holds anything else, or is no folder
 */
export function prepareFolder(folder: string, inputs: Inputs): FolderOutput {
  refuseOthers(folder);
  return {
    write: (files) => {
      // The folder may have changed during the work.
      const before = refuseOthers(folder);
      try {
        for (const path of before) rmSync(join(folder, path));
        for (const path of foldersOf(before)) removeEmpty(join(folder, path));
        mkdirSync(folder, { recursive: true });
        const list = { files: Object.fromEntries(files.map(({ path, text }) => [path, hashOf(text)])) };
        // The list comes first, so that a run that is killed leaves nothing that a later one refuses.
        for (const { path, text } of [{ path: listName, text: `${JSON.stringify(list, null, 2)}\n` }, ...files]) {
          const file = join(folder, path);
          mkdirSync(dirname(file), { recursive: true });
          prepareOutput(file, inputs).write(text);
        }
      } catch (error) {
        throw outputError(folder, folder, error);
      }
    },
  };
}

/** The files of an earlier run in a folder, the list among them. @throws HarnessError where it holds anything else */
function refuseOthers(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  if (!lstatSync(folder).isDirectory()) throw unwritable(folder, 'it is not a folder', 'Name another folder.');
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  if (found.length === 0) return [];
  const known = readList(folder);
  const paths = found.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(join(folder).length + 1)
      .replaceAll('\\', '/'),
  );
  const other = found.findIndex((entry, i) => {
    const path = paths[i] ?? '';
    if (path === listName) return !entry.isFile();
    return !entry.isFile() || known.get(path) !== hashOf(readFileSync(join(folder, path), 'utf8'));
  });
  if (other < 0) return paths;
  throw unwritable(
    folder,
    `it holds ${paths[other] ?? ''}, which no earlier run has written there`,
    'Name another folder, or empty this one.',
  );
}

function readList(folder: string): ReadonlyMap<string, string> {
  try {
    const list: unknown = JSON.parse(readFileSync(join(folder, listName), 'utf8'));
    if (typeof list !== 'object' || list === null || !('files' in list)) return new Map();
    const { files } = list;
    if (typeof files !== 'object' || files === null) return new Map();
    return new Map(Object.entries(files).map(([path, hash]) => [path, String(hash)]));
  } catch {
    // It is not there, or was changed.
    return new Map();
  }
}

/** The folders of some files, the deepest first. */
function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = paths.flatMap((path) =>
    path
      .split('/')
      .slice(0, -1)
      .map((_, i, names) => names.slice(0, i + 1).join('/')),
  );
  return [...new Set(folders)].sort((a, b) => b.split('/').length - a.split('/').length);
}

function removeEmpty(path: string): void {
  if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
