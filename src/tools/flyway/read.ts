import type { Folder } from '../folder.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

const named = /^([VURB])([\d._]*)__(.*)\.sql$/;

/** Versioned files by their version, then repeatable ones by their description; `${name}` stands for a placeholder. */
export function read(folder: Folder): FolderReading {
  const versioned: MigrationFile[] = [];
  const repeatable: MigrationFile[] = [];
  const ignored: { file: string; reason: string }[] = [];
  for (const file of folder.files.filter((name) => name.endsWith('.sql'))) {
    const [, kind, id = '', description = ''] = named.exec(file) ?? [];
    // A ledger writes points where the name of a file may have `_`.
    if (kind === 'V') versioned.push(fileOf(folder, file, id.replaceAll('_', '.')));
    else if (kind === 'R') repeatable.push(fileOf(folder, file, `R ${description}`));
    else
      ignored.push({
        file,
        reason: kind === 'U' ? 'it undoes a migration' : 'Flyway does not run files with such a name',
      });
  }
  versioned.sort((a, b) => compareVersions(a.id, b.id));
  return { files: [...versioned, ...repeatable], ignored };
}

function fileOf(folder: Folder, file: string, id: string): MigrationFile {
  const conf = `${file}.conf`;
  const isOut = folder.files.includes(conf) && /^\s*executeInTransaction\s*=\s*false/im.test(folder.text(conf));
  return {
    file,
    id,
    name: file.replace(/\.sql$/, ''),
    kind: 'sql',
    text: withPlaceholders(folder, folder.text(file)),
    ...(isOut && { transaction: 'none' as const }),
  };
}

/** `flyway.placeholders.name=value` of the nearest flyway.conf; a placeholder that it does not name stays unchanged. */
function withPlaceholders(folder: Folder, text: string): string {
  const conf = folder.above(/^flyway\.conf$/)?.text ?? '';
  return text.replaceAll(/\$\{([\w.-]+)\}/g, (whole, name: string) => {
    const line = conf.split('\n').find((each) => each.trim().startsWith(`flyway.placeholders.${name}=`));
    return line === undefined ? whole : line.slice(line.indexOf('=') + 1).trim();
  });
}

/** `1.10` behind `1.9`; `_` is a point. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[._]/).map(Number));
  for (let place = 0; place < Math.max(left?.length ?? 0, right?.length ?? 0); place++) {
    const difference = (left?.[place] ?? 0) - (right?.[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
