import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Difference } from '../model/comparison.ts';
import type { Fault } from '../model/fault.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { askFor } from './ask.ts';
import { bisect } from './bisect.ts';
import { type FailedStatement, listingsOf } from './conditions.ts';
import { follow, plainViews, type ReportedInsertion } from './follow.ts';
import { readInsertion } from './insertion.ts';

type FailedOnRows = Extract<Difference, { kind: 'failed-on-rows' }>;

/**
 * Finds the rows that a statement could not take: asks the database as it was when the statement ran, then the one before
 * the migration by the same condition in its terms. Where no condition is known, runs of the statement itself
 * show on which rows it fails.
 */
export function findRefused(
  { failure, statement: index }: Pick<FailedOnRows, 'failure' | 'statement'>,
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): Fault | null {
  const statement = migration.statements.find((each) => each.index === index);
  if (statement === undefined) return null;
  const insertions = new Map<number, ReportedInsertion>();
  const found: { fault: Fault | null; failed: FailedStatement | null } = { fault: null, failed: null };
  withOpen(before, settings, (db) => {
    execute(db, migration, settings, {
      before: (each) => {
        const insertion = each.index > statement.index ? null : readInsertion(db, each);
        if (insertion !== null) insertions.set(each.index, insertion);
        if (each !== statement) return;
        const schema = readSchema(db);
        const failed: FailedStatement = { failure, statement, schema, insertion: insertion ?? undefined };
        const views = plainViews(schema);
        const known = firstFault(db, listingsOf(failed, views));
        found.fault = known ?? bisect(db, failed, views);
        found.failed = known === null ? null : failed;
      },
    });
  });
  const { fault, failed } = found;
  if (fault === null || failed === null) return fault;
  const earlier = migration.statements.filter((each) => each.index < statement.index);
  const stated = withOpen(before, settings, (db) => {
    const views = follow(readSchema(db), earlier, insertions);
    return firstFault(db, listingsOf(failed, views), fault.rows);
  });
  return stated ?? { ...fault, query: null };
}

/** Finds the rows that cannot be read after a migration: those that the statement that made the column cannot compute. */
export function findUnread(
  { code, message, harmless, statement: index, rows }: Extract<Difference, { kind: 'unreadable-rows' }>,
  { statements }: Migration,
  before: Snapshot,
  settings: Settings,
): Fault | null {
  const statement = statements.find((each) => each.index === index);
  if (statement === undefined || rows === null) return null;
  const failure = { at: 'statement', statement: statement.index, code, message, harmless } as const;
  const earlier = statements.filter((each) => each.index < statement.index);
  return withOpen(before, settings, (db) => {
    const schema = readSchema(db);
    const views = follow(schema, earlier, new Map());
    return firstFault(db, listingsOf({ failure, statement, schema, insertion: undefined }, views), rows);
  });
}

/** The rows of the first listing that finds any, or as many as there must be. */
export function firstFault(
  db: Database,
  listings: readonly Parameters<typeof askFor>[1][],
  rows?: number,
): Fault | null {
  for (const listing of listings) {
    const fault = askFor(db, listing);
    if (fault !== null && (rows === undefined || fault.rows === rows)) return fault;
  }
  return null;
}

/** Runs `work` on a new database with the content of a snapshot. */
export function withOpen<T>(before: Snapshot, settings: Settings, work: (db: Database) => T): T {
  const db = before.open(settings);
  try {
    return work(db);
  } finally {
    db.close();
  }
}
