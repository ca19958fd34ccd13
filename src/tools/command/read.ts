import type { Folder } from '../folder.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

/** The files of a folder that begin with a number, whatever they are written in: by their numbers, else by their names. */
export function read(folder: Folder): FolderReading {
  const files = folder.files
    .filter((file) => /^\d+.*\.\w+$/.test(file))
    .map((file) => toFile(folder, /^\d+/.exec(file)?.[0] ?? file, file));
  return { files: files.toSorted((a, b) => Number(a.id) - Number(b.id)), ignored: folder.strays };
}

/**
 * Reads the list of a migrator, a migration on each line: the first word is its id, and a file of the folder whose
 * name holds the id is its place.
 */
export function readListed(folder: Folder, listed: readonly string[]): FolderReading {
  const files = listed.flatMap((line) => {
    const [id = ''] = line.trim().split(/\s+/);
    return id === '' ? [] : [toFile(folder, id, folder.files.find((file) => file.includes(id)) ?? null)];
  });
  return { files, ignored: [] };
}

function toFile(folder: Folder, id: string, file: string | null): MigrationFile {
  const name = file?.replace(/\.\w+$/, '') ?? id;
  return { file: file ?? '', id, ledgerId: id, name, kind: 'code', text: file === null ? '' : folder.text(file) };
}
