import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { readSqlText } from '../load/text.ts';

/** The limits on the number, depth and size of files: a migration script lies near its package, and is short. */
const limits = { files: 2000, depth: 8, bytes: 256 * 1024 };

const isCode = (name: string): boolean =>
  /\.(?:[cm]?[jt]s|rs|go)$/.test(name) && !/\.d\.[cm]?ts$/.test(name) && !isForTests(name);

/** A program with the word test in its name prepares a database for tests: prepareTestDb.ts, test_utils.rs. */
function isForTests(name: string): boolean {
  return /(?:^|[._-])(?:tests?|spec)(?:[._-]|$)|(?:[a-z]T|(?:^|[._-])t)ests?(?![a-z])/.test(name);
}
const isLeftOut = (name: string): boolean =>
  /^(?:\.(?!config$).*|node_modules|dist|build|out|target|vendor|coverage|tests?|test[-_]?(?:data|helpers?|support|utils?)|__tests__|fixtures)$/.test(
    name,
  );

/** The programs below a folder, but for tests and what is built: paths relative to it, those of a folder before those of its folders, each in the order of their names. */
export function codeFiles(root: string): string[] {
  return filesBelow(root, isCode);
}

/** The SQL files below a folder, in the order of `codeFiles`; those of a tool's down migrations too. */
export function sqlFiles(root: string): string[] {
  return filesBelow(root, (name) => /\.sql$/i.test(name));
}

function filesBelow(root: string, isWanted: (name: string) => boolean): string[] {
  const found: string[] = [];
  let level = [''];
  for (let depth = 0; depth < limits.depth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      for (const entry of entriesOf(join(root, folder))) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory() && !isLeftOut(entry.name)) next.push(path);
        if (entry.isFile() && isWanted(entry.name) && found.push(path) >= limits.files) return found;
      }
    }
    level = next;
  }
  return found;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // It may not be read, so it tells nothing.
    return [];
  }
}

/** The text of a file; nothing of one that is large, is not text or may not be read, which says nothing of a project. */
export function textOf(path: string): string {
  try {
    return statSync(path).size > limits.bytes ? '' : readSqlText(path);
  } catch (error) {
    if (error instanceof HarnessError || (error instanceof Error && 'code' in error)) return '';
    throw error;
  }
}
