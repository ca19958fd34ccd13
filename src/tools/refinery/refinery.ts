import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Refinery. */
export const refinery: Tool = {
  name: 'refinery',
  title: 'refinery',
  overrules: ['flyway'],
  driver: 'rust',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  settings,
  program: { calls: /\brunner\(\)\s*(?:\.|$)/ },
  advice: { keysOff, oneTransaction },
};
