import type { Folder } from '../folder.ts';
import { readPrograms } from '../programs.ts';
import type { FolderReading } from '../tool.ts';

/** All programs but `.mjs`, which knex passes over, in the order of their names; its ledger has the names with their endings. */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = readPrograms(
    folder,
    /\.(?:c?js|ts)$/,
    () => true,
    (file) => file,
  );
  const modules = folder.files.filter((file) => file.endsWith('.mjs'));
  return { files, ignored: [...ignored, ...modules.map((file) => ({ file, reason: 'knex reads no .mjs' }))] };
}
