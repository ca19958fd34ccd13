export { program } from '../drizzle/program.ts';
