import type { Tool } from '../tool.ts';
import { afterFailure, keysOff, oneTransaction, outsideTransaction } from './advice.ts';
import { hashes } from './hashes.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Prisma. */
export const prisma: Tool = {
  name: 'prisma',
  title: 'Prisma',
  overrules: [],
  driver: 'rust',
  looksForDriver: false,
  ledger,
  hashes,
  recognise,
  read,
  settings,
  advice: { afterFailure, keysOff, oneTransaction, outsideTransaction },
};
