import type { Folder } from '../folder.ts';

/** Programs beside a folder `sqls` with the SQL that each of them runs. https://db-migrate.readthedocs.io */
export function recognise({ below }: Folder): string | null {
  return below.find((file) => /^sqls\/.*-up\.sql$/.test(file)) ?? null;
}
