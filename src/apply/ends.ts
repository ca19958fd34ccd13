import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import type { Step } from './walk.ts';

/** The sides and the tables in which two texts of a migration may differ. */
export interface Leeway {
  readonly settings: Settings;
  /** The sides on which the first text has a fault. */
  readonly troubled: ReadonlySet<Side>;
  /** The tables whose rows may differ, because their form does. */
  readonly tables: ReadonlySet<string>;
}

/** Whether two texts of a migration leave the same rows on every side on which the first one has no fault. */
export function endsAlike(first: Step, second: Step, { settings, troubled, tables }: Leeway): boolean {
  const sides: [Side, string][] = [
    ['empty', first.baseline.status],
    ...[...first.candidates].map(([name, { status }]): [Side, string] => [name, status]),
  ];
  return sides.every(([side, status]) => {
    if (!first.snapshots.has(side) || status !== 'applied' || troubled.has(side)) return true;
    const [was, is] = [endOf(first, side, settings), endOf(second, side, settings)];
    if (was === null || is === null) return false;
    const db = is.open(settings);
    try {
      return was.differences(db, settings).every((difference) => {
        const table = /^changed rows of (.*)$/s.exec(difference)?.[1];
        return table === undefined || tables.has(table);
      });
    } finally {
      db.close();
    }
  });
}

/** A side after a step; null where the migration fails. */
function endOf({ ends, snapshots, migration }: Step, side: Side, settings: Settings): Snapshot | null {
  const end = ends?.get(side)?.();
  if (end !== undefined) return end;
  const before = snapshots.get(side);
  const db = before?.open(settings);
  if (before === undefined || db === undefined) return null;
  try {
    return execute(db, migration, settings) === null ? before.keep(db) : null;
  } finally {
    db.close();
  }
}

/** Whether the migrations that follow apply to what a text of a migration leaves of the empty database. */
export function goesOn({ migration, snapshots }: Step, later: readonly Migration[], settings: Settings): boolean {
  const db: Database | undefined = snapshots.get('empty')?.open(settings);
  if (db === undefined) return false;
  try {
    for (const each of [migration, ...later]) {
      // A program is run by its tool, and has its own step.
      if (each.kind === 'code' || each.program !== undefined) return true;
      if (execute(db, each, settings) !== null) return false;
    }
    return true;
  } finally {
    db.close();
  }
}
