import { closeSync, openSync, readSync } from 'node:fs';

/** The bytes that each database begins with. https://sqlite.org/fileformat2.html#magic_header_string */
export const magic = Buffer.from('SQLite format 3\0', 'latin1');

/** The length of the part of the header that tells a database and its journal. */
const length = 20;

/** The beginning of a file; zeros stand for the bytes beyond its end. @throws as `openSync` and `readSync` do */
export function readHeader(path: string): Buffer {
  const header = Buffer.alloc(length);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header;
}

/** Whether bytes are the beginning of a database. */
export function beginsDatabase(header: Uint8Array): boolean {
  return magic.equals(header.subarray(0, magic.length));
}

/** Whether readers of a database need a write-ahead log. https://sqlite.org/fileformat2.html#file_format_version_numbers */
export function isInWalMode(header: Uint8Array): boolean {
  return beginsDatabase(header) && header[19] === 2;
}
