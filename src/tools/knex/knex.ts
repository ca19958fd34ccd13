import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { knexfile } from './knexfile.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Knex. */
export const knex: Tool = {
  name: 'knex',
  title: 'Knex',
  overrules: [],
  driver: 'better-sqlite3',
  looksForDriver: true,
  programs: { config: knexfile },
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
