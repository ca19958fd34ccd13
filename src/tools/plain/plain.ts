import { keysOffByName } from '../keys-off.ts';
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
  // Nothing tells which call runs the files, so only what switches keys on for every connection counts.
  program: { calls: /(?!)/ },
  keysOff: keysOffByName,
  advice: { keysOff, oneTransaction },
};
