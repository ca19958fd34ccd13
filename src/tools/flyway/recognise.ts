import type { Folder } from '../folder.ts';

/** Names such as `V1__init.sql`, unless refinery runs them. https://documentation.red-gate.com/flyway */
export function recognise(folder: Folder): string | null {
  const first = folder.files.find((file) => /^V\d[\d._]*__.*\.sql$/.test(file));
  return first ?? null;
}
