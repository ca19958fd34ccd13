import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { hashes } from './hashes.ts';
import { ledger } from './ledger.ts';
import { program } from './program.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { refuses } from './refuses.ts';
import { settings } from './settings.ts';

/** Drizzle-kit 1.0. */
export const drizzle1: Tool = {
  name: 'drizzle-1',
  title: 'drizzle-kit 1.0',
  overrules: ['prisma'],
  driver: 'better-sqlite3',
  looksForDriver: true,
  ledger,
  hashes,
  recognise,
  read,
  refuses,
  settings,
  program,
  advice: { keysOff, oneTransaction },
};
