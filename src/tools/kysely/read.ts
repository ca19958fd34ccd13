import type { Folder } from '../folder.ts';
import { readPrograms } from '../programs.ts';
import type { FolderReading } from '../tool.ts';

const exportsUp = /\bexport\s+(?:async\s+)?(?:function|const|let|var)\s+up\b|\bexports\.up\b|\bup\s*[(:,}]/;

/** The programs that export `up`, in the order of their names by code units; the ledger has the names without endings. */
export function read(folder: Folder): FolderReading {
  const isMigration = (file: string): boolean => exportsUp.test(folder.text(file));
  return readPrograms(folder, /./, isMigration, (file) => file.replace(/\.\w+$/, ''));
}
