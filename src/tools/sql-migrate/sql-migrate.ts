import type { Tool } from '../tool.ts';
import { keysOff, oneTransaction, outsideTransaction } from './advice.ts';
import { ledger } from './ledger.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { refuses } from './refuses.ts';
import { settings } from './settings.ts';

/** Sql-migrate. */
export const sqlMigrate: Tool = {
  name: 'sql-migrate',
  title: 'sql-migrate',
  overrules: ['atlas', 'sqlx', 'npm-sqlite'],
  driver: 'go',
  looksForDriver: false,
  ledger,
  recognise,
  read,
  refuses,
  settings,
  program: {
    calls: /\bmigrate\.Exec\w*\s*\(/,
    // A program that cuts the files itself hands over what it likes, and the driver runs several statements at once.
    own: {
      reads: /["'`]--\s*\+migrate\s+Up/,
      unless: /\b(?:File|EmbedFileSystem|HttpFileSystem|Packr|Asset)MigrationSource\b|\bParseMigration\b/,
      runsSeveral: /\bMemoryMigrationSource\b/,
    },
  },
  advice: { keysOff, oneTransaction, outsideTransaction },
};
