import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by author and id of a changeset. */
export const ledger: LedgerFormat = {
  table: 'DATABASECHANGELOG',
  applied: `SELECT AUTHOR || ':' || ID FROM main.DATABASECHANGELOG`,
  pending: 'absent',
  late: 'goes-on',
};
