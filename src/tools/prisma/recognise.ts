import type { Folder } from '../folder.ts';

/** Folders of `migration.sql` with a lock file or a schema of Prisma. https://www.prisma.io/docs/orm/prisma-migrate */
export function recognise(folder: Folder): string | null {
  if (!folder.below.some((file) => file.endsWith('/migration.sql'))) return null;
  if (folder.files.includes('migration_lock.toml')) return 'migration_lock.toml';
  return folder.above(/^schema\.prisma$/) === null ? null : 'schema.prisma';
}
