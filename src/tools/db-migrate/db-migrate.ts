import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** db-migrate, as far as its migrations are SQL files. */
export const dbMigrate: Tool = {
  name: 'db-migrate',
  title: 'db-migrate',
  overrules: [],
  driver: 'sqlite3',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
