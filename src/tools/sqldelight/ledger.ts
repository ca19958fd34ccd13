import type { LedgerFormat } from '../../model/ledger.ts';

/**
 * The header of the file says the version of the schema, and N.sqm leads from version N to the next one. A database of the first
 * version has applied none.
 * https://sqldelight.github.io/sqldelight/latest/android_sqlite/migrations/#versioning
 */
export const ledger: LedgerFormat = {
  table: null,
  applied: 'SELECT user_version - 1 FROM pragma_user_version WHERE user_version > 1',
  pending: 'above',
};
