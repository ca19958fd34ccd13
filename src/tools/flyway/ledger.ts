import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by versions; repeatable migrations go by their description. */
export const ledger: LedgerFormat = {
  table: 'flyway_schema_history',
  applied: `SELECT coalesce(version, 'R ' || description) FROM main.flyway_schema_history WHERE success AND type <> 'BASELINE'`,
  pending: 'absent',
  late: 'refuses',
  missing: 'refuses',
  hashes: {
    query: `SELECT version AS id, CAST(checksum AS TEXT) AS hash FROM main.flyway_schema_history WHERE success AND version IS NOT NULL AND type = 'SQL'`,
    reaction: 'refuses',
  },
  blocked: {
    query: `SELECT script FROM main.flyway_schema_history WHERE NOT success`,
    why: 'a migration is marked as failed',
  },
};
