import { folderWith } from '../temporary.ts';
import { fillWithSample, install, manifest } from './fill.ts';

export { rowsAfterFirst } from './fill.ts';

/** A project with the given files, in which the tools are installed. Returns its path. */
export function projectWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith({ 'package.json': manifest, ...files });
  install(folder);
  return folder;
}

/** A copy of a sample, with rows that are put in after its first step. */
export function sampleWith(sample: string, rows: string, versions: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith();
  fillWithSample(folder, sample, rows, versions);
  return folder;
}

/**
 * Whether a stand-in takes the place of a driver that is not installed: sqlite3 does not build everywhere. Node 22 tells no hook
 * that a package requires one that is missing.
 */
export const standsInForMissing = !process.versions.node.startsWith('22.');
