import type { LedgerFormat } from '../../model/ledger.ts';

/** The newest row of a version decides; row 0 is the beginning. */
export const ledger: LedgerFormat = {
  table: 'goose_db_version',
  applied: `SELECT CAST(version_id AS TEXT) FROM (SELECT version_id, is_applied, max(id) FROM main.goose_db_version GROUP BY version_id) WHERE is_applied AND version_id > 0`,
  pending: 'absent',
  late: 'refuses',
};
