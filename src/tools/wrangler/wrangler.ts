import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { refuses } from './refuses.ts';
import { settings } from './settings.ts';

/** Wrangler (D1). */
export const wrangler: Tool = {
  name: 'wrangler',
  title: 'wrangler (D1)',
  overrules: ['drizzle', 'drizzle-1', 'prisma', 'atlas', 'sqlx', 'npm-sqlite'],
  driver: 'd1',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  refuses,
  settings,
  advice: { keysOff, oneTransaction },
};
