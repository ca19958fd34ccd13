import type { LedgerFormat } from '../../model/ledger.ts';

/** Names of classes; whatever is not there runs, late ones too. */
export const ledger: LedgerFormat = {
  table: 'migrations',
  applied: 'SELECT name FROM main.migrations',
  pending: 'absent',
};
