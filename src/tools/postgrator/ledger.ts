import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by the newest number; row 0 is the beginning. */
export const ledger: LedgerFormat = {
  table: 'schemaversion',
  applied: `SELECT CAST(version AS TEXT) FROM main.schemaversion WHERE version > 0`,
  pending: 'newer',
  hashes: {
    query: `SELECT CAST(version AS TEXT) AS id, md5 AS hash FROM main.schemaversion WHERE version > 0`,
    reaction: 'refuses',
  },
};
