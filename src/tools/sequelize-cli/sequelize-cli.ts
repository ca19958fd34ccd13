import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { config } from './config.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** The command of Sequelize. */
export const sequelizeCli: Tool = {
  name: 'sequelize-cli',
  title: 'sequelize-cli',
  overrules: [],
  driver: 'sqlite3',
  looksForDriver: false,
  programs: { config },
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
