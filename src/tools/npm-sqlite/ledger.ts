import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by the newest number: one that comes late is never run. */
export const ledger: LedgerFormat = {
  table: 'migrations',
  applied: `SELECT CAST(id AS TEXT) FROM main.migrations`,
  pending: 'newer',
};
