import type { LedgerFormat } from '../../model/ledger.ts';

/** Names with their endings; whatever is not there runs, late ones too. */
export const ledger: LedgerFormat = {
  table: 'knex_migrations',
  applied: 'SELECT name FROM main.knex_migrations',
  pending: 'absent',
};
