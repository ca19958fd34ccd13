import { driverImported } from '../imported.ts';
import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { instance } from './instance.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Umzug. */
export const umzug: Tool = {
  name: 'umzug',
  title: 'Umzug',
  overrules: [],
  driver: 'better-sqlite3',
  looksForDriver: true,
  programs: { config: instance, driver: driverImported },
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
