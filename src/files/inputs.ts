import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The inputs of a command, which it must not overwrite. */
export interface Inputs {
  readonly files: readonly string[];
  /** Folders whose SQL and programs are read, including subfolders. */
  readonly folders: readonly string[];
}

/** Endings of the files that SQLite keeps beside a database. */
export const companions: readonly string[] = ['-wal', '-shm', '-journal'];

/** The input that a path leads to by any name, link or spelling; null without one. */
export function findInput(path: string, { files, folders }: Inputs): string | null {
  const identity = identify(path);
  if (identity === null) return null;
  const all = [
    ...files.flatMap((file) => [file, ...companions.map((ending) => file + ending)]),
    ...folders.flatMap(filesBelow),
  ];
  return all.find((file) => identify(file) === identity) ?? null;
}

/** Endings of SQL and programs. */
export const sources = /\.(?:sql|[cm]?[jt]sx?|py|go|rb|php|sh)$/i;

/** The device and number of the file at a path; null if it does not exist. */
export function identify(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}

function filesBelow(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => sources.test(name)).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
