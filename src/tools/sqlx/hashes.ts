import { createHash } from 'node:crypto';
import { hashEach } from '../hashes.ts';

/** The SHA-384 of the file, byte for byte. */
export const hashes = hashEach((bytes) => [createHash('sha384').update(bytes).digest('hex')]);
