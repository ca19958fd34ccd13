import { crc32 } from 'node:zlib';
import { hashEach } from '../hashes.ts';

/** The CRC-32 over the lines without their ends, signed; a byte order mark does not count. */
export const hashes = hashEach((bytes) => {
  const lines = new TextDecoder('utf-8').decode(bytes).split(/\r\n|\r|\n/);
  return [String(lines.reduce((sum, line) => crc32(line, sum), 0) | 0)];
});
