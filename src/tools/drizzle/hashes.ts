import { hashesOfText } from '../hashes.ts';

/** The sha256 of the file, which drizzle keeps and never compares. */
export const hashes = hashesOfText('sha256');
