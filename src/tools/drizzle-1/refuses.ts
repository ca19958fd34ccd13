export { refuses } from '../drizzle/refuses.ts';
