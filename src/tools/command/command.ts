import { drivers } from '../drivers.ts';
import type { Tool } from '../tool.ts';
import { read } from './read.ts';

/** A migrator that is run as a command, which only a config or a flag can name. */
export const command: Tool = {
  name: 'command',
  title: 'a command',
  overrules: [],
  driver: 'better-sqlite3',
  looksForDriver: false,
  programs: { config: null },
  ledger: null,
  recognise: () => null,
  read,
  settings: (driver) => ({ ...drivers[driver], transaction: 'none' }),
  advice: {
    keysOff: () => 'Switch foreign keys off where the migrator opens its connection, and check them before it commits.',
    oneTransaction:
      'Let the migrator begin a transaction before each migration, and commit it together with its ledger.',
  },
};
