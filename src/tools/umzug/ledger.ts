import type { LedgerFormat } from '../../model/ledger.ts';

/** The table of SequelizeStorage; a storage of the project's own may have another. Names with their endings. */
export const ledger: LedgerFormat = {
  table: 'SequelizeMeta',
  applied: 'SELECT name FROM main.SequelizeMeta',
  pending: 'absent',
};
