import type { Folder } from '../folder.ts';
import { readPrograms } from '../programs.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

const className = /\bclass\s+(\w*?(\d{13}))\b/;

/**
 * The programs that hold a class whose name ends in 13 digits, which are the time that orders them. The ledger has that name,
 * or the one that the class gives itself. https://typeorm.io/docs/migrations/creating
 */
export function read(folder: Folder): FolderReading {
  const isMigration = (file: string): boolean => className.test(folder.text(file));
  const { files, ignored } = readPrograms(folder, /./, isMigration, (file) => nameOf(folder.text(file)));
  return { files: files.map(byTime).toSorted((a, b) => Number(a.id) - Number(b.id)), ignored };
}

function nameOf(text: string): string {
  return (
    /^\s*(?:public\s+|readonly\s+)*name\s*(?::\s*string\s*)?=\s*['"`](\w+)['"`]/m.exec(text)?.[1] ??
    className.exec(text)?.[1] ??
    ''
  );
}

function byTime(file: MigrationFile): MigrationFile {
  return { ...file, id: /(\d{13})$/.exec(file.ledgerId ?? '')?.[1] ?? className.exec(file.text)?.[2] ?? file.id };
}
