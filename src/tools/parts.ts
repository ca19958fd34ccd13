import { numberIn } from '../identity/number.ts';
import { isSqlFile } from '../load/ignored.ts';
import type { Folder } from './folder.ts';
import type { FolderReading, MigrationFile } from './tool.ts';

/**
 * The files whose names have a form, in the order of their names; the groups of the form are the id, the name and the ending.
 * Files with `.sql` at their end that have another form are listed as ignored.
 */
export function numberedFiles(folder: Folder, form: RegExp): FolderReading {
  const files: MigrationFile[] = [];
  const ignored: { file: string; reason: string }[] = [];
  for (const file of folder.files) {
    const match = /\.d\.[cm]?ts$/i.test(file) ? null : form.exec(file);
    const isSql = isSqlFile(file);
    if (match === null) {
      const reason = /^\d/.test(file)
        ? 'its name does not look like a migration'
        : 'its name does not begin with a number';
      if (isSql) ignored.push({ file, reason });
    } else {
      const name = file.replace(/(?:\.up)?\.+\w+$/i, '');
      files.push({ file, id: match[1] ?? '', name, kind: isSql ? 'sql' : 'code', text: folder.text(file) });
    }
  }
  return { files, ignored };
}

/** Every folder below with a file of a name, in the order of their names as text. */
export function folderFiles(folder: Folder, name: string): MigrationFile[] {
  return folder.below
    .filter((file) => file.endsWith(`/${name}`) && !file.startsWith('.'))
    .map((file) => {
      const own = file.slice(0, -name.length - 1);
      return { file, id: own, name: own, kind: 'sql', text: folder.text(file) };
    });
}

/**
 * Keeps the lines of a text that `keep` answers true for; the others are blanked out, so that those kept have the numbers
 * that they have in the file.
 */
export function keepLines(text: string, keep: (line: string, number: number) => boolean): string {
  return text
    .split('\n')
    .map((line, index) => (keep(line, index) ? line : ''))
    .join('\n');
}

/**
 * Keeps what stands between a line that `begins` and the next that `ends`, or the end of the text; more such parts are
 * kept as well.
 */
export function keepParts(text: string, begins: RegExp, ends: RegExp): string {
  let inside = false;
  return keepLines(text, (line) => {
    if (begins.test(line)) {
      inside = true;
      return false;
    }
    if (ends.test(line)) inside = false;
    return inside;
  });
}

/** Whether any SQL file of a list holds a line of a form. */
export function anyText(files: readonly string[], text: (file: string) => string, form: RegExp): string | undefined {
  return files.find((file) => isSqlFile(file) && form.test(text(file)));
}

/** Orders by the number that an id has or begins with; for tools that compare numbers. */
export function byNumber<T extends { readonly id: string }>(files: readonly T[]): T[] {
  return files.toSorted((a, b) => {
    const [left, right] = [numberIn(a.id) ?? -1n, numberIn(b.id) ?? -1n];
    return left < right ? -1 : Number(left > right);
  });
}
