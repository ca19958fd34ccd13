import { dirname, join } from 'node:path';
import { codeFiles, textOf } from './code-files.ts';
import type { Folder } from './folder.ts';
import { switchesOff } from './program.ts';

/**
 * The files before which a project's own runner switches foreign keys off: a program that holds the switch names them one by one. Where
 * nothing is named, nobody knows which of its connections the switch is for. Nothing is executed.
 * @returns the place of the switch, as `file:line`, by the name of a migration's file.
 */
export function keysOffByName(folder: Folder, files: readonly string[]): ReadonlyMap<string, string> {
  const manifest = folder.above(/^(?:package\.json|Cargo\.toml|go\.mod)$/);
  const found = new Map<string, string>();
  if (manifest === null) return found;
  const root = dirname(manifest.path);
  for (const program of codeFiles(root)) {
    const text = textOf(join(root, program));
    const at = text.split('\n').findIndex((line) => switchesOff.test(line) && !/^\s*(?:\/\/|\*|#|--)/.test(line));
    if (at < 0) continue;
    for (const file of files) if (isNamed(text, file)) found.set(file, `${program}:${at + 1}`);
  }
  return found;
}

/** Whether a text holds the name of a file as a constant, with or without its ending. */
function isNamed(text: string, file: string): boolean {
  const names = [file, file.replace(/(?:\.up)?\.sql$/i, '')];
  return ['"', "'", '`'].some((quote) => names.some((name) => text.includes(quote + name + quote)));
}
