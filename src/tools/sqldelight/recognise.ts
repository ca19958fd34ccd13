import type { Folder } from '../folder.ts';
import { migrationName } from './read.ts';

/** A file N.sqm. */
export function recognise({ files }: Folder): string | null {
  return files.find((file) => migrationName.test(file)) ?? null;
}
