import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { hashes } from './hashes.ts';
import { ledger } from './ledger.ts';
import { program } from './program.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { refuses } from './refuses.ts';
import { settings } from './settings.ts';

/** Drizzle-kit 0.x. */
export const drizzle: Tool = {
  name: 'drizzle',
  title: 'drizzle-kit 0.x',
  overrules: ['atlas'],
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
