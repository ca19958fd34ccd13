import type { LedgerFormat } from '../../model/ledger.ts';

/** Names with their endings; whatever is not there runs, late ones too. */
export const ledger: LedgerFormat = {
  table: 'SequelizeMeta',
  applied: 'SELECT name FROM main.SequelizeMeta',
  pending: 'absent',
};
