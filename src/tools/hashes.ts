import { createHash } from 'node:crypto';
import type { Folder } from './folder.ts';
import type { MigrationFile } from './tool.ts';

/** Computes the hashes that a ledger may hold of each unedited file, by its path. */
export type HashFiles = (folder: Folder, files: readonly MigrationFile[]) => ReadonlyMap<string, readonly string[]>;

/** Hashes the bytes of each file, whatever a checkout makes of the ends of its lines. */
export function hashesOfText(algorithm: 'md5' | 'sha256'): HashFiles {
  const hash = (content: string | Uint8Array): string => createHash(algorithm).update(content).digest('hex');
  return hashEach((bytes) => {
    const lines = Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n');
    return [...new Set([hash(bytes), hash(lines), hash(lines.replaceAll('\n', '\r\n'))])];
  });
}

/** Hashes each file by itself, from its bytes. */
export function hashEach(hashes: (bytes: Uint8Array) => readonly string[]): HashFiles {
  return (folder, files) =>
    new Map(files.filter(({ kind }) => kind === 'sql').map(({ file }) => [file, hashes(folder.bytes(file))]));
}
