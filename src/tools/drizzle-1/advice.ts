export { keysOff, oneTransaction } from '../drizzle/advice.ts';
