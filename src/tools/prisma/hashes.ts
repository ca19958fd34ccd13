import { hashesOfText } from '../hashes.ts';

/** The sha256 of the file; `prisma migrate deploy` only reports that it differs. */
export const hashes = hashesOfText('sha256');
