import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Diesel. */
export const diesel: Tool = {
  name: 'diesel',
  title: 'diesel',
  overrules: [],
  driver: 'rust',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  settings,
  program: { calls: /\brun_(?:\w+_)?migrations?\s*\(/ },
  advice: { keysOff, oneTransaction },
};
