import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { dataSource } from './data-source.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';
import { typeNamed } from './type-named.ts';

/** TypeORM. */
export const typeorm: Tool = {
  name: 'typeorm',
  title: 'TypeORM',
  overrules: [],
  driver: 'better-sqlite3',
  looksForDriver: true,
  programs: { config: dataSource, driver: typeNamed },
  program: { calls: /\.runMigrations\s*\(/ },
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
