import { applyStep } from '../../src/apply/apply.ts';
import { type Database, openMemory, sqliteError } from '../../src/database/connection.ts';
import { readCopy } from '../../src/database/copies.ts';
import { execute } from '../../src/database/execute.ts';
import { snapshotMemory } from '../../src/database/snapshot.ts';
import { readState } from '../../src/database/state.ts';
import type { Copy, TableChange } from '../../src/model/change.ts';
import type { Migration } from '../../src/model/history.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Settings } from '../../src/model/settings.ts';
import { findRowChanges } from '../../src/rows/row-changes.ts';
import { readFlow } from '../../src/sql/flow.ts';
import { buildMigration, buildSettings } from '../build.ts';

/** The settings of the databases of these tests. */
export const settings = buildSettings();

/** A migration of the given statements. */
export function migrationOf(statements: readonly string[]): Migration {
  return buildMigration(statements.join(';\n'));
}

/** Applies a migration to a database that was set up by `setup`. It is an error when that fails. */
export function outcomeOf(
  setup: string,
  statements: readonly string[],
  own: Partial<Settings> = {},
): Extract<Outcome, { status: 'applied' }> {
  const used = { ...settings, ...own };
  const db = openMemory(used);
  try {
    db.exec(setup);
    const snapshot = snapshotMemory(db);
    const step = { db, migration: migrationOf(statements), from: 0, settings: used, invariants: [], snapshot };
    const outcome = applyStep(step);
    if (outcome.status !== 'applied') throw new Error(JSON.stringify(outcome));
    return outcome;
  } finally {
    db.close();
  }
}

/**
 * Applies a migration, then changes the database as if nobody had said so, and compares.
 * @param mutate returns whether it changed anything; what SQLite refuses has changed nothing.
 * @returns null where nothing was changed.
 */
export function changesAfter(
  setup: string,
  statements: readonly string[],
  mutate: (db: Database) => boolean = () => true,
): TableChange[] | null {
  const db = openMemory(settings);
  try {
    db.exec(setup);
    const snapshot = snapshotMemory(db);
    const before = readState(db, []);
    const copies: Copy[] = [];
    const migration = migrationOf(statements);
    const failure = execute(db, migration, settings, {
      before: (statement) => {
        const copy = readCopy(db, statement);
        if (copy !== null) copies.push(copy);
      },
    });
    if (failure !== null) throw new Error(failure.message);
    if (!isMutated(db, mutate)) return null;
    const flow = readFlow(migration.statements, copies, before.schema);
    return [...findRowChanges(db, snapshot, flow, before, readState(db, [])).changes];
  } finally {
    db.close();
  }
}

function isMutated(db: Database, mutate: (db: Database) => boolean): boolean {
  try {
    return mutate(db);
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    return false;
  }
}
