import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by names. A migration that failed stops every deploy. */
export const ledger: LedgerFormat = {
  table: '_prisma_migrations',
  applied: `SELECT migration_name FROM main."_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  pending: 'absent',
  late: 'goes-on',
  hashes: {
    query: `SELECT migration_name AS id, checksum AS hash FROM main."_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    reaction: 'goes-on',
  },
  blocked: {
    query: `SELECT migration_name FROM main."_prisma_migrations" WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
    why: 'a migration failed and is neither finished nor rolled back (P3009)',
  },
};
