import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by the time of the newest row: an older migration that comes late is never run. */
export const ledger: LedgerFormat = {
  table: '__drizzle_migrations',
  applied: `SELECT CAST(created_at AS TEXT) FROM main."__drizzle_migrations"`,
  pending: 'newer',
  missing: 'goes-on',
  hashes: {
    query: `SELECT CAST(created_at AS TEXT) AS id, hash FROM main."__drizzle_migrations"`,
    reaction: 'goes-on',
  },
};
