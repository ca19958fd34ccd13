import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** A plain folder. */
export const plain: Tool = {
  name: 'plain',
  title: 'a plain folder',
  overrules: [],
  driver: 'better-sqlite3',
  looksForDriver: true,
  ledger: null,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
