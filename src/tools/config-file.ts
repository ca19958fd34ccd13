import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeFiles, textOf } from './code-files.ts';
import type { Folder } from './folder.ts';

/** How the config of a tool is told from other files of a project. */
export interface ConfigForm {
  /** The names that the tool itself looks for, in the folder of the migrations and above. */
  readonly names: RegExp;
  /** Finds the path of a config, its first group, in the text of a package.json. */
  readonly told?: RegExp;
  /** Paths beside the package.json where the tool looks besides. */
  readonly usual?: readonly string[];
  /** Tells by its text a file that takes the place of a config of such a name, wherever it lies in the package. */
  readonly holds?: RegExp;
}

/** A config that was found. */
export interface ConfigFile {
  /** An absolute path. */
  readonly path: string;
  readonly text: string;
}

/**
 * Finds the config of a tool: the nearest above the folder of the migrations, one that the package.json names, one of its
 * usual places, the first of such a name in the package, and the first file there that holds what a config holds. Nothing is
 * executed.
 */
export function findConfig(folder: Folder, { names, told, usual = [], holds }: ConfigForm): ConfigFile | null {
  const near = folder.above(names);
  if (near !== null) return near;
  const manifest = folder.above(/^package\.json$/);
  if (manifest === null) return null;
  const root = dirname(manifest.path);
  const paths = [told?.exec(manifest.text)?.[1], ...usual].filter((path) => path !== undefined);
  const there = paths.map((path) => resolve(root, path)).find((path) => existsSync(path));
  if (there !== undefined) return { path: there, text: textOf(there) };
  const files = codeFiles(root);
  const named = files.find((file) => names.test(file.split('/').at(-1) ?? ''));
  const found = named ?? (holds && files.find((file) => holds.test(textOf(join(root, file)))));
  return found === undefined ? null : { path: join(root, found), text: textOf(join(root, found)) };
}
