import type { Folder } from './folder.ts';
import type { FolderReading, MigrationFile } from './tool.ts';

/** A file of JavaScript or TypeScript; declarations of types alone are none. */
export function isProgramFile(name: string): boolean {
  return /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$/.test(name);
}

/**
 * The first numbered program of a folder whose text has a form. None where there are SQL files too: those are another tool's.
 */
export function findProgram({ files, text }: Folder, name: RegExp, form: RegExp): string | null {
  if (files.some((file) => /\.sql$/i.test(file))) return null;
  return files.find((file) => isProgramFile(file) && name.test(file) && form.test(text(file))) ?? null;
}

/**
 * The programs of a folder whose name and text have a form, in the order of their names. Their ids are the numbers that the
 * names begin with, where all begin with different ones, else what the ledger has.
 * @param ledgerId what the ledger of the tool knows a file by.
 */
export function readPrograms(
  folder: Folder,
  name: RegExp,
  isMigration: (file: string) => boolean,
  ledgerId: (file: string) => string,
): FolderReading {
  const names = folder.files.filter((file) => isProgramFile(file) && name.test(file) && isMigration(file));
  const numbers = names.map((file) => /^\d+/.exec(file)?.[0]);
  const areNumbers =
    numbers.every((number) => number !== undefined) && new Set(numbers.map(Number)).size === names.length;
  const files = names.map((file, place): MigrationFile => {
    const id = (areNumbers ? numbers[place] : undefined) ?? ledgerId(file);
    const own = file.replace(/\.\w+$/, '');
    return { file, name: own, id, ledgerId: ledgerId(file), kind: 'code', text: folder.text(file) };
  });
  return { files, ignored: folder.strays };
}
