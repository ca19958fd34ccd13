import type { Folder } from '../folder.ts';
import { readPrograms } from '../programs.ts';
import type { FolderReading } from '../tool.ts';

/** The programs that import MikroORM's migrations, in the order of their names, which the ledger has without endings. */
export function read(folder: Folder): FolderReading {
  const isMigration = (file: string): boolean => /['"]@mikro-orm\/migrations['"]/.test(folder.text(file));
  return readPrograms(folder, /./, isMigration, (file) => file.replace(/\.\w+$/, ''));
}
