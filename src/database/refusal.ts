import type { Refusal } from '../model/dataset.ts';
import { type Database, isMachineFault, sqliteError } from './connection.ts';

/**
 * The refusal that an error is; errors that are not SQLite's come from a function that the application registered.
 * @throws the error itself, if the machine is at fault
 */
export function refusalOf(db: Database, error: unknown, ofAnyRow: boolean): Refusal {
  if (isMachineFault(error, db)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return { code: sqliteError(error)?.code ?? 'SQLITE_ERROR', message, ofAnyRow };
}
