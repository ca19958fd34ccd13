import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by versions, so one that comes late runs. */
export const ledger: LedgerFormat = {
  table: '_sqlx_migrations',
  applied: `SELECT CAST(version AS TEXT) FROM main._sqlx_migrations WHERE success`,
  pending: 'absent',
  late: 'goes-on',
  missing: 'refuses',
  hashes: {
    query: `SELECT CAST(version AS TEXT) AS id, lower(hex(checksum)) AS hash FROM main._sqlx_migrations WHERE success`,
    reaction: 'refuses',
  },
  blocked: {
    query: `SELECT version FROM main._sqlx_migrations WHERE NOT success`,
    why: 'a migration is marked as failed',
  },
};
