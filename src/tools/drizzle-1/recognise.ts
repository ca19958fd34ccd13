import type { Folder } from '../folder.ts';

/** Folders with a snapshot beside the SQL, as drizzle-kit 1.0 makes them. */
export function recognise({ below }: Folder): string | null {
  return below.find((file) => file.endsWith('/snapshot.json') && below.includes(sqlBeside(file))) ?? null;
}

function sqlBeside(file: string): string {
  return file.replace(/[^/]*$/, 'migration.sql');
}
