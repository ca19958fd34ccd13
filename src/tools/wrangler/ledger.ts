import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by the names of files. */
export const ledger: LedgerFormat = {
  table: 'd1_migrations',
  applied: `SELECT name FROM main.d1_migrations`,
  pending: 'absent',
  late: 'goes-on',
};
