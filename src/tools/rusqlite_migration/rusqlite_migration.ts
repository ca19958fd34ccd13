import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Rusqlite_migration. */
export const rusqliteMigration: Tool = {
  name: 'rusqlite_migration',
  title: 'rusqlite_migration',
  overrules: ['diesel'],
  driver: 'rust',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  settings,
  program: { calls: /\.to_(?:latest|version)\s*\(/ },
  advice: { keysOff, oneTransaction },
};
