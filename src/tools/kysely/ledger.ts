import type { LedgerFormat } from '../../model/ledger.ts';

/** Names without endings. One that sorts before an applied one stops every deploy. */
export const ledger: LedgerFormat = {
  table: 'kysely_migration',
  applied: 'SELECT name FROM main.kysely_migration',
  pending: 'absent',
};
