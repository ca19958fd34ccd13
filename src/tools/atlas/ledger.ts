import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by versions. */
export const ledger: LedgerFormat = {
  table: 'atlas_schema_revisions',
  applied: `SELECT version FROM main.atlas_schema_revisions`,
  pending: 'absent',
};
