import type { Folder } from '../folder.ts';
import type { MigrationFile, Reading } from '../tool.ts';

/** The files of a folder that begin with a number, whatever they are written in: by their numbers, else by their names. */
export function read(folder: Folder): Reading {
  const files = folder.files
    .filter((file) => /^\d+.*\.\w+$/.test(file))
    .map((file) => toFile(folder, /^\d+/.exec(file)?.[0] ?? file, file));
  return { files: files.toSorted((a, b) => Number(a.id) - Number(b.id)), ignored: folder.strays };
}

/**
 * What a migrator has listed, a line each: the first word is what the migration is called, and a file of the folder whose
 * name holds it is where it stands.
 */
export function readListed(folder: Folder, listed: readonly string[]): Reading {
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
