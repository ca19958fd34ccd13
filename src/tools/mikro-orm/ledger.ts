import type { LedgerFormat } from '../../model/ledger.ts';

/** Names without endings; whatever is not there runs, late ones too. */
export const ledger: LedgerFormat = {
  table: 'mikro_orm_migrations',
  applied: 'SELECT name FROM main.mikro_orm_migrations',
  pending: 'absent',
};
