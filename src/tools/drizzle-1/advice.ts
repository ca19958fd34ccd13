export { keysOff } from '../drizzle/advice.ts';
