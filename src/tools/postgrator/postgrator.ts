import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction, outsideTransaction } from './advice.ts';
import { hashes } from './hashes.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Postgrator. */
export const postgrator: Tool = {
  name: 'postgrator',
  title: 'postgrator',
  overrules: [],
  driver: 'better-sqlite3',
  looksForDriver: true,
  programs: { config: null },
  ledger,
  hashes,
  recognise,
  read,
  settings,
  program: { calls: /\bnew\s+Postgrator\s*\(|\.migrate\s*\(/ },
  advice: { keysOff, oneTransaction, outsideTransaction },
};
