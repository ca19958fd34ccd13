import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by the names of files, with their endings. */
export const ledger: LedgerFormat = {
  table: 'gorp_migrations',
  applied: `SELECT id FROM main.gorp_migrations`,
  pending: 'absent',
};
