import type { Folder } from '../folder.ts';
import type { FolderReading } from '../tool.ts';

const named = /^[UV](\d+(?:\.\d+)?)__(\w+)\.(sql|rs)$/;

/** Files `V` and `U` by their number; `U` does not undo here, it may run late. */
export function read(folder: Folder): FolderReading {
  const files = folder.files.flatMap((file) => {
    const match = named.exec(file);
    if (match === null) return [];
    const isProgram = match[3] === 'rs';
    const text = isProgram ? '' : folder.text(file);
    return [
      {
        file,
        id: match[1] ?? '',
        name: file.replace(/\.\w+$/, ''),
        kind: isProgram ? ('code' as const) : ('sql' as const),
        text,
      },
    ];
  });
  return { files: files.toSorted((a, b) => Number(a.id) - Number(b.id)), ignored: [] };
}
