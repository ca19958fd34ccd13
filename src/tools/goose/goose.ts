import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction, outsideTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { refuses } from './refuses.ts';
import { settings } from './settings.ts';

/** Goose. */
export const goose: Tool = {
  name: 'goose',
  title: 'goose',
  overrules: ['atlas', 'sqlx', 'npm-sqlite'],
  driver: 'go',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  refuses,
  settings,
  program: { calls: /\bgoose\.(?:Up\w*|Run\w*|NewProvider)\s*\(/ },
  advice: { keysOff, oneTransaction, outsideTransaction },
};
