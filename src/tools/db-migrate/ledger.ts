import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by names, which begin with a slash. */
export const ledger: LedgerFormat = {
  table: 'migrations',
  applied: `SELECT name FROM main.migrations`,
  pending: 'absent',
};
