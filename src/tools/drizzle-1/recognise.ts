import type { Folder } from '../folder.ts';

/** Folders with a snapshot beside the SQL, as drizzle-kit 1.0 makes them. */
export function recognise({ below, text }: Folder): string | null {
  const snapshot = below.find((file) => file.endsWith('/snapshot.json') && below.includes(sqlBeside(file)));
  return snapshot !== undefined && /"dialect"\s*:\s*"sqlite"/.test(text(snapshot)) ? snapshot : null;
}

function sqlBeside(file: string): string {
  return file.replace(/[^/]*$/, 'migration.sql');
}
