import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction } from './advice.ts';
import { hashes } from './hashes.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { refuses } from './refuses.ts';
import { settings } from './settings.ts';

/** Flyway. */
export const flyway: Tool = {
  name: 'flyway',
  title: 'Flyway',
  overrules: [],
  driver: 'jdbc',
  looksForDriver: false,
  ledger,
  hashes,
  recognise,
  read,
  refuses,
  settings,
  advice: { keysOff, oneTransaction },
};
