import type { Folder } from '../folder.ts';

/** Names such as `001.do.init.sql`. https://github.com/rickbergfalk/postgrator */
export function recognise({ files }: Folder): string | null {
  return files.find((file) => /^\d+\.do\..*\.sql$/.test(file)) ?? null;
}
