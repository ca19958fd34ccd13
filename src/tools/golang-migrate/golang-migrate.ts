import type { Tool } from '../tool.ts';
import { afterFailure, keysOff, oneTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Golang-migrate. */
export const golangMigrate: Tool = {
  name: 'golang-migrate',
  title: 'golang-migrate',
  overrules: ['sqlx'],
  driver: 'go',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  settings,
  program: { calls: /\bmigrate\.New\w*\s*\(/ },
  advice: { afterFailure, keysOff, oneTransaction },
};
