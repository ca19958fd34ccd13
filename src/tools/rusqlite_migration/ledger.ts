import type { LedgerFormat } from '../../model/ledger.ts';

/** The header of the file says how many migrations are applied. https://sqlite.org/pragma.html#pragma_user_version */
export const ledger: LedgerFormat = {
  table: null,
  applied: 'SELECT user_version FROM pragma_user_version',
  counts: true,
  pending: 'absent',
};
