import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by versions. */
export const ledger: LedgerFormat = {
  table: 'refinery_schema_history',
  applied: `SELECT CAST(version AS TEXT) FROM main.refinery_schema_history`,
  pending: 'absent',
};
