import type { Folder } from '../folder.ts';
import { readPrograms } from '../programs.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

/**
 * Numbered programs and SQL files in the order of their names, which the ledger has with their endings. SQL files need a
 * resolver of the project's, so that they are run by it as programs are.
 */
export function read(folder: Folder): FolderReading {
  const { files, ignored } = readPrograms(
    folder,
    /^\d/,
    () => true,
    (file) => file,
  );
  const sql = folder.files
    .filter((file) => /^\d.*\.sql$/.test(file))
    .map((file): MigrationFile => {
      const name = file.replace(/\.\w+$/, '');
      return { file, name, id: file, ledgerId: file, kind: 'code', text: folder.text(file) };
    });
  return { files: [...files, ...sql].toSorted((a, b) => (a.file < b.file ? -1 : 1)), ignored };
}
