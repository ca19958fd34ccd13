import type { Folder } from '../folder.ts';
import { folderFiles } from '../parts.ts';
import type { FolderReading } from '../tool.ts';

/** Every folder with an up.sql, by its name; a metadata.toml says whether it runs in a transaction. */
export function read(folder: Folder): FolderReading {
  const files = folderFiles(folder, 'up.sql').map((each) => {
    const id = (each.file.split('/')[0] ?? '').replace(/_.*$/, '').replaceAll('-', '');
    const metadata = each.file.replace(/up\.sql$/, 'metadata.toml');
    const isOut = folder.below.includes(metadata) && !/^\s*run_in_transaction\s*=\s*true/m.test(folder.text(metadata));
    return { ...each, id, ...(isOut && { transaction: 'none' as const }) };
  });
  return { files, ignored: [] };
}
