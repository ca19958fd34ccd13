import { driverImported } from '../imported.ts';
import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Kysely. */
export const kysely: Tool = {
  name: 'kysely',
  title: 'Kysely',
  overrules: [],
  driver: 'better-sqlite3',
  looksForDriver: true,
  programs: { config: { names: /^kysely\.config\.[cm]?[jt]s$/ }, driver: driverImported },
  program: { calls: /\.migrate(?:ToLatest|To|Up)\s*\(/, driver: driverImported },
  ledger,
  recognise,
  read,
  settings,
  advice: { keysOff, oneTransaction },
};
