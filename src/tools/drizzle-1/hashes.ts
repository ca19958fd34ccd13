export { hashes } from '../drizzle/hashes.ts';
