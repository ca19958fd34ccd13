import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by versions, so one that comes late runs. */
export const ledger: LedgerFormat = {
  table: 'schema_migrations',
  applied: `SELECT version FROM main.schema_migrations`,
  pending: 'absent',
  late: 'goes-on',
};
