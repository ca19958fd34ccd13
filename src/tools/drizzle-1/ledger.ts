import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by the names of folders, so one that comes late runs. */
export const ledger: LedgerFormat = {
  table: '__drizzle_migrations',
  applied: `SELECT name FROM main."__drizzle_migrations" WHERE name IS NOT NULL`,
  pending: 'absent',
  late: 'goes-on',
  missing: 'goes-on',
  hashes: {
    query: `SELECT name AS id, hash FROM main."__drizzle_migrations" WHERE name IS NOT NULL`,
    reaction: 'goes-on',
  },
};
