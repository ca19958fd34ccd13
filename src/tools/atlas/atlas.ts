import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Atlas. */
export const atlas: Tool = {
  name: 'atlas',
  title: 'Atlas',
  overrules: [],
  driver: 'go',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
