import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction, outsideTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Dbmate. */
export const dbmate: Tool = {
  name: 'dbmate',
  title: 'dbmate',
  overrules: ['atlas', 'sqlx', 'npm-sqlite'],
  driver: 'go',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction, outsideTransaction },
};
