import type { LedgerFormat } from '../../model/ledger.ts';

/** One row holds the newest version; whatever is older counts as applied. */
export const ledger: LedgerFormat = {
  table: 'schema_migrations',
  applied: `SELECT CAST(version AS TEXT) FROM main.schema_migrations`,
  pending: 'above',
  blocked: {
    query: `SELECT version FROM main.schema_migrations WHERE dirty`,
    why: 'the database is marked dirty, after a migration that failed',
  },
};
