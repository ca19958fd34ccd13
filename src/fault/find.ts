// This room finds the rows that a difference is about: it asks SQLite, and never guesses.
import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Difference } from '../model/comparison.ts';
import type { Fault } from '../model/fault.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { isAboutRows, type RowDifference, suspectsOf } from './changes.ts';
import { confirm } from './confirm.ts';
import { findRefused, findUnread, firstFault, withOpen } from './failure.ts';
import type { ReportedInsertion } from './follow.ts';
import { type AppliedStep, appliedAs } from './gone.ts';
import { readInsertion } from './insertion.ts';

/**
 * Finds the rows that the differences of a side are about.
 * @param before the database before the migration.
 * @returns the differences with their rows; null stands for unknown rows. A difference that is not about rows comes back unchanged.
 */
export function findFaults(
  differences: readonly Difference[],
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): Difference[] {
  const told = differences.map((difference): Difference => {
    if (difference.kind === 'failed-on-rows')
      return { ...difference, fault: findRefused(difference, migration, before, settings) };
    if (difference.kind === 'unreadable-rows')
      return { ...difference, fault: findUnread(difference, migration, before, settings) };
    return difference;
  });
  if (!told.some(isAboutRows)) return told;
  return withApplied(migration, before, settings, (applied, after) =>
    withOpen(before, settings, (db) =>
      told.map((difference) =>
        isAboutRows(difference) ? { ...difference, fault: findAffected(difference, applied, db, after) } : difference,
      ),
    ),
  );
}

function findAffected(
  difference: RowDifference,
  applied: AppliedStep,
  before: Database,
  after: Database,
): Fault | null {
  const { listings, rows } = suspectsOf(difference, applied);
  for (const listing of listings) {
    const fault = firstFault(before, [listing], rows ?? undefined);
    const confirmed = fault === null ? null : confirm(fault, difference, applied, before, after);
    if (confirmed !== null) return confirmed;
  }
  return null;
}

/** Applies the migration once more, and notes the columns that SQLite reports for each copy. */
function withApplied<T>(
  migration: Migration,
  before: Snapshot,
  settings: Settings,
  work: (applied: AppliedStep, after: Database) => T,
): T {
  return withOpen(before, settings, (db) => {
    const schema = readSchema(db);
    const insertions = new Map<number, ReportedInsertion>();
    execute(db, migration, settings, {
      before: (statement) => {
        const insertion = readInsertion(db, statement);
        if (insertion !== null) insertions.set(statement.index, insertion);
      },
    });
    return work(appliedAs(migration, insertions, schema, readSchema(db)), db);
  });
}
