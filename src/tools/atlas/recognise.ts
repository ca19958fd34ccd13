import type { Folder } from '../folder.ts';

/** The hashes of Atlas. Files with the annotations of another tool are that tool's to run. https://atlasgo.io/concepts/migration-directory-integrity */
export function recognise({ files }: Folder): string | null {
  return files.includes('atlas.sum') ? 'atlas.sum' : null;
}
