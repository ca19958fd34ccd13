export { settings } from '../drizzle/settings.ts';
