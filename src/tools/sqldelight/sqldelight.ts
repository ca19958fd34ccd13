import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** SQLDelight, for Kotlin. */
export const sqldelight: Tool = {
  name: 'sqldelight',
  title: 'SQLDelight',
  overrules: [],
  driver: 'jdbc',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
