import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction, outsideTransaction } from './advice.ts';
import { hashes } from './hashes.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Sqlx. */
export const sqlx: Tool = {
  name: 'sqlx',
  title: 'sqlx',
  overrules: ['npm-sqlite'],
  driver: 'rust',
  looksForDriver: false,
  ledger,
  hashes,
  recognise,
  read,
  settings,
  program: { calls: /\bmigrate!\s*\(|\bMigrator::new\s*\(/ },
  advice: { keysOff, oneTransaction, outsideTransaction },
};
