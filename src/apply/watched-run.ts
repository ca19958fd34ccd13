import { type Chosen, choicesOf } from '../database/choices.ts';
import type { Database } from '../database/connection.ts';
import { readCopy } from '../database/copies.ts';
import { effectOf } from '../database/effects.ts';
import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import { firstKey } from '../database/keys.ts';
import { countLeftOut, mayLeaveOut } from '../database/left-out.ts';
import { readRows } from '../database/reading.ts';
import { watchChanges } from '../database/revision.ts';
import { slipsOf } from '../database/slips.ts';
import { type WriteWatch, watchWrites } from '../database/write-watch.ts';
import type { Copy } from '../model/change.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Effect, Failure, LeftOut, Orphans, Slip, State, TableAtFailure } from '../model/outcome.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import type { Application } from './application.ts';

/** The facts about a migration that has run, from beside its statements. */
export interface WatchedRun {
  readonly failure: Failure | null;
  /** The migration with the statements that a program ran. */
  readonly ran: Migration;
  /** The tables of the statement that failed. */
  readonly held: readonly TableAtFailure[];
  readonly writes: WriteWatch;
  /** Whether the database is certainly what it was. */
  readonly isSame: boolean;
  /** Those that the runner counted at the end; null where they must be counted again. */
  readonly orphans: readonly Orphans[] | null;
  readonly copies: readonly Copy[];
  readonly leftOut: readonly LeftOut[];
  readonly effects: readonly Effect[];
  readonly slips: readonly Slip[];
  readonly chosen: readonly Chosen[];
}

/** Runs the migration, and asks next to each statement what only its moment can tell. */
export function runWatched({ db, migration, settings, trust, meter }: Application, { orphans }: State): WatchedRun {
  const writes = watchWrites(db, migration);
  const isSame = trust === 'file' ? watchChanges(db, migration, settings) : () => false;
  const copies: Copy[] = [];
  const leftOut: LeftOut[] = [];
  const effects: Effect[] = [];
  const slips: Slip[] = [];
  const chosen: Chosen[] = [];
  let held: TableAtFailure[] = [];
  let ran = migration;
  let counted: readonly Orphans[] | null = null;
  const failure = execute(db, migration, settings, {
    orphans,
    counted: (present) => {
      counted = present;
    },
    before: (statement) => {
      writes.watch(statement);
      const copy = readCopy(db, statement);
      if (copy !== null) copies.push(copy);
      slips.push(...slipsOf(db, statement));
      chosen.push(...choicesOf(db, statement));
      meter?.before(statement);
    },
    committing: () => meter?.committing(),
    after: (statement) => {
      meter?.after(statement);
      // It may have made others after a COMMIT of the file's own.
      counted = null;
      const left = mayLeaveOut(statement, migration) ? countLeftOut(db, statement) : null;
      if (left !== null) leftOut.push(left);
      const effect = effectOf(db, statement);
      if (effect !== null) effects.push(effect);
    },
    failed: (_failure, statement) => {
      held = readTablesAtFailure(db, statement);
    },
    ran: (executed) => {
      ran = executed;
    },
  });
  meter?.ended();
  const found = { copies, leftOut, effects, slips, chosen };
  return { failure, ran, held, writes, isSame: failure === null && isSame(), orphans: counted, ...found };
}

/** The tables that the failing statement names, renamed or made anew perhaps, with their rows at that moment. */
function readTablesAtFailure(db: Database, statement: Statement | null): TableAtFailure[] {
  if (statement === null) return [];
  const { head } = statement;
  const names = [head.target, ...head.sources].filter((name) => name !== null);
  const tables = readSchema(db).tables.filter((table) => names.some((name) => sameName(name, table.name)));
  return tables.flatMap((table) => {
    const held = readRows(db, () => {
      const count = db.prepare<[], number>(`SELECT count(*) FROM main.${quoteName(table.name)}`).pluck();
      return { table: table.name, rows: count.get() ?? 0, key: firstKey(db, table) };
    });
    return 'value' in held ? [held.value] : [];
  });
}
