import type { LedgerFormat } from '../../model/ledger.ts';

/** Goes by versions; repeatable migrations go by their description. */
export const ledger: LedgerFormat = {
  table: 'flyway_schema_history',
  applied: `SELECT coalesce(version, 'R ' || description) FROM main.flyway_schema_history WHERE success AND type <> 'BASELINE'`,
  pending: 'absent',
  blocked: {
    query: `SELECT script FROM main.flyway_schema_history WHERE NOT success`,
    why: 'a migration is marked as failed',
  },
};
