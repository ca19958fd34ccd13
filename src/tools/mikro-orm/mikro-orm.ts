import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { config, driverNamed } from './config.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** MikroORM. */
export const mikroOrm: Tool = {
  name: 'mikro-orm',
  title: 'MikroORM',
  overrules: [],
  driver: 'better-sqlite3',
  looksForDriver: true,
  programs: { config, driver: driverNamed },
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
