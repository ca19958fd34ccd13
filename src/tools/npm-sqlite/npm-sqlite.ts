import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** The npm package sqlite. */
export const npmSqlite: Tool = {
  name: 'npm-sqlite',
  title: 'the npm package sqlite',
  overrules: [],
  driver: 'sqlite3',
  looksForDriver: true,
  programs: { config: null, ofSql: true },
  ledger,
  recognise,
  read,
  settings,
  program: { calls: /\.migrate\s*\(/ },
  advice: { keysOff, oneTransaction },
};
