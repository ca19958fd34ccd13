import { hashesOfText } from '../hashes.ts';

/** The md5 of the file, whose line ends an option may unify first. */
export const hashes = hashesOfText('md5');
