import type { ResolvedConfig } from '../config.ts';
import { machineError } from '../database/connection.ts';
import { copyDatabase } from '../database/copy.ts';
import { snapshotFile } from '../database/snapshot.ts';
import { createWorkspace } from '../database/workspace.ts';
import { HarnessError } from '../errors.ts';
import { findRefused } from '../fault/failure.ts';
import type { Fault } from '../model/fault.ts';
import type { Migration } from '../model/history.ts';
import type { Failure } from '../model/outcome.ts';

/**
 * Finds the rows on which a migration failed in a database file that it left as it was: on a copy, so that the file is not
 * written again.
 * @returns null where the failure is about no rows, or where there can be no copy; without their keys unless values may be
 * shown.
 */
export async function rowsInTheWay(
  file: string,
  migration: Migration,
  failure: Failure,
  { settings, includeValues }: ResolvedConfig,
): Promise<Fault | null> {
  if (failure.at !== 'statement' || migration.program !== undefined) return null;
  const workspace = createWorkspace();
  try {
    const copy = workspace.path('copy.db');
    await copyDatabase(file, copy);
    const before = snapshotFile(copy, workspace.path('before.db'));
    const fault = findRefused({ failure, statement: failure.statement }, migration, before, settings);
    if (fault === null || includeValues) return fault;
    const { changes: _changes, ...rest } = fault;
    return { ...rest, keys: { columns: [], rows: [] } };
  } catch (error) {
    // The failure of the migration is what matters; a full disk here must not hide it.
    if (machineError(error, 'The copy cannot be read') instanceof HarnessError) return null;
    throw error;
  } finally {
    workspace.dispose();
  }
}
