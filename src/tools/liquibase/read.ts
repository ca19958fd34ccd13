import type { Folder } from '../folder.ts';
import { keepLines } from '../parts.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

const head = /^--\s*changeset\s+(\S+):(\S+)(.*)$/i;

/** Every changeset of every file, files by name. */
export function read(folder: Folder): FolderReading {
  const names = folder.files.filter((file) => file.endsWith('.sql'));
  const files = names.flatMap((file) => changesets(file, folder.text(file)));
  // Liquibase tells changesets of one author and id apart by their files.
  const isAlone = ({ id }: MigrationFile): boolean => files.filter((each) => each.id === id).length === 1;
  return {
    files: files.map((each) => (isAlone(each) ? each : { ...each, id: `${each.file}:${each.id}` })),
    ignored: [],
  };
}

function changesets(file: string, text: string): MigrationFile[] {
  const lines = text.split('\n');
  const heads = lines.flatMap((line, at) => {
    const match = head.exec(line.trim());
    return match === null ? [] : [{ at, id: `${match[1]}:${match[2]}`, attributes: match[3] ?? '' }];
  });
  const bare = file.replace(/\.sql$/, '');
  return heads.map(({ at, id, attributes }, place) => {
    const end = heads[place + 1]?.at ?? lines.length;
    return {
      file,
      id,
      ledgerId: id,
      name: heads.length === 1 ? bare : `${bare}#${id}`,
      kind: 'sql',
      text: keepLines(text, (_line, number) => number > at && number < end),
      ...(/\brunInTransaction:false\b/i.test(attributes) && { transaction: 'none' as const }),
    };
  });
}
