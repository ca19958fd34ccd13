import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { clientNamed, knexfile } from './knexfile.ts';
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
  programs: { config: { names: knexfile, told: /--knexfile[=\s]+([^\s"'\\]+)/ }, driver: clientNamed },
  program: { calls: /\bmigrate\s*\.\s*(?:latest|up)\s*\(/, driver: clientNamed },
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
