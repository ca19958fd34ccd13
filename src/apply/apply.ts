// This room runs migrations: it rolls one database per dataset from step to step, and notes the outcome of each step.

import { type Chosen, choicesOf } from '../database/choices.ts';
import type { Database } from '../database/connection.ts';
import { readCopy } from '../database/copies.ts';
import { effectOf } from '../database/effects.ts';
import { execute } from '../database/execute.ts';
import { newestObject, readGrownSchema, readSchema } from '../database/introspect.ts';
import { firstKey } from '../database/keys.ts';
import { countLeftOut, mayLeaveOut } from '../database/left-out.ts';
import { readRows } from '../database/reading.ts';
import { watchChanges } from '../database/revision.ts';
import { slipsOf } from '../database/slips.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { foreseeViolations, readState, type Trust } from '../database/state.ts';
import { watchWrites } from '../database/write-watch.ts';
import type { Copy, Miswritten } from '../model/change.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Effect, LeftOut, Orphans, Outcome, Slip, State, TableAtFailure } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { findRenumbered } from '../rows/pairing.ts';
import { findRowChanges } from '../rows/row-changes.ts';
import { findLiterals } from '../rows/written/literal-text.ts';
import { addsOnly } from '../sql/adds-only.ts';
import { readUpdate } from '../sql/assignments.ts';
import { type Flow, readFlow } from '../sql/flow.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { asStep } from '../watch/activity.ts';
import { withComplaints } from './complaints.ts';
import { findDroppedValues } from './dropped-values.ts';
import { findStaleIndexes } from './search-indexes.ts';
import { findOtherAnswers } from './view-answers.ts';

/** One step: what is applied to which database, from which place of the history on. */
export interface Application {
  readonly db: Database;
  readonly migration: Migration;
  /** The place in the history that the database has reached before. */
  readonly from: number;
  readonly settings: Settings;
  readonly invariants: readonly Invariant[];
  /** The current database. */
  readonly snapshot: Snapshot;
  /** Its state, where it is known from the step before and no rows were put in since. */
  readonly before?: State;
  /** Whether no other step follows, so that all is looked at once more and not only what the step may have touched. */
  readonly isLast?: boolean;
  /** Whether views are asked before and after, which costs what they cost. */
  readonly asksViews?: boolean;
  /** Told when its statements begin and end. */
  readonly meter?: Meter | undefined;
  /** False where nobody asks which rows it changed. */
  readonly isJudged?: boolean;
  /** How much of the database is taken for sound; nothing when left out. */
  readonly trust?: Trust;
}

/** The meter of a migration's statements: its hooks stand next to them, so that no other work is counted. */
export interface Meter {
  readonly before: (statement: Statement) => void;
  readonly after: (statement: Statement) => void;
  readonly committing: () => void;
  /** After COMMIT, or after a failure. */
  readonly ended: () => void;
}

/**
 * Applies a migration to a database, once, and observes the state before and after; after a failure it asks of every
 * value whether it is what it was.
 * @throws HarnessError `bad-invariant`, `function-missing`, `rows-unreadable`, `unsupported`
 */
export function applyStep(application: Application): Outcome {
  return asStep(`Migration ${application.migration.name}`, () => applyAndObserve(application));
}

function applyAndObserve(application: Application): Outcome {
  const { db, migration, from, settings, invariants, snapshot } = application;
  const { trust = 'nothing', meter } = application;
  const known = application.before ?? readState(db, inForce(invariants, from), null, trust);
  const coming = inForce(invariants, migration.position).filter((invariant) => !inForce([invariant], from).length);
  const started = { ...known, violations: [...known.violations, ...foreseeViolations(db, coming)] };
  let held: TableAtFailure[] = [];
  const copies: Copy[] = [];
  const writes = watchWrites(db, migration);
  const newest = addsOnly(migration) ? newestObject(db) : null;
  const leftOut: LeftOut[] = [];
  const effects: Effect[] = [];
  const slips: Slip[] = [];
  const chosen: Chosen[] = [];
  let ran = migration;
  const isSame = trust === 'file' ? watchChanges(db, migration, settings) : () => false;
  let orphans: readonly Orphans[] | null = null;
  const failure = execute(db, migration, settings, {
    orphans: started.orphans,
    counted: (present) => {
      orphans = present;
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
      orphans = null;
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
  const executed = ran === migration ? {} : { ran };
  if (failure === null) {
    const unchanged = isSame();
    const schema = newest === null ? readSchema(db) : readGrownSchema(db, started.schema, newest);
    const written = unchanged ? new Set<string>() : writes.written();
    const mayHaveWritten = unchanged ? () => false : writes.mayHaveWritten;
    const since = application.isLast === true ? null : { state: started, schema, written, orphans, isSame: unchanged };
    const after = readState(db, inForce(invariants, migration.position), since, trust);
    const before = trust === 'file' ? withComplaints(started, after, db, snapshot) : started;
    if (application.isJudged === false) return { status: 'applied', ...executed, before, after, ...unseen };
    const flow = readFlow(ran.statements, copies, before.schema);
    const { changes, miswritten } = findRowChanges(db, snapshot, flow, before, after, mayHaveWritten);
    return {
      status: 'applied',
      ...executed,
      before,
      after,
      changes,
      renumbered: findRenumbered(flow, after.schema),
      stale: findStaleIndexes(db, snapshot, settings, before, after, mayHaveWritten),
      leftOut: leftOut.filter((each) => !stillWait(db, each, ran)),
      dropped: findDroppedValues(db, snapshot, ran, flow, before, after),
      effects,
      slips,
      answers: application.asksViews === true ? findOtherAnswers(db, snapshot, ran, flow, changes, before, after) : [],
      miswritten: [
        ...findLiterals(db, flow, before.schema, after),
        ...miswritten,
        ...chosen.map((each) => asMiswritten('one-of-several', each, flow, after)),
        ...othersTaken(ran, slips).map((each) => asMiswritten('underscore-takes-others', each, flow, after)),
      ],
    };
  }
  const leftBehind = snapshot.differences(db, settings);
  // This database is not used again; the next step opens the snapshot or the baseline.
  const retry = leftBehind.length > 0 ? execute(db, migration, settings) : null;
  return { status: 'failed', ...executed, failure, before: started, held, leftBehind, retry };
}

/** Whether all rows that a statement left out are at the end where they came from, so that none is lost. */
function stillWait(db: Database, { statement: index, rows }: LeftOut, { statements }: Migration): boolean {
  const statement = statements.find((each) => each.index === index);
  const waiting = statement === undefined ? null : countLeftOut(db, statement);
  return (waiting?.rows ?? 0) >= rows;
}

/** The columns that an UPDATE sets in rows which its LIKE takes only because of an underscore: the first of them stands for all. */
function othersTaken({ statements }: Migration, slips: readonly Slip[]): Chosen[] {
  return slips.flatMap(({ statement: index, kind, rows }): Chosen[] => {
    const statement = statements.find((each) => each.index === index);
    if (kind !== 'underscore-matches' || statement?.head.verb !== 'update') return [];
    const [first] = readUpdate(statement.sql).assignments;
    const { target } = statement.head;
    return first === undefined || target === null
      ? []
      : [{ statement: index, table: target, column: first.column, rows }];
  });
}

/** A value that a statement chooses wrongly, by the name of its table at the end. */
function asMiswritten(
  how: Miswritten['how'],
  { statement, table, column, rows }: Chosen,
  flow: Flow,
  { rows: all }: State,
): Miswritten {
  const now = flow.becomes(table)?.name ?? table;
  const keys = { columns: [], rows: [] };
  return { how, table: now, column, rows, of: all.get(now) ?? rows, statement, keys };
}

/** The changes of a step that nobody judges. */
const unseen = {
  changes: [],
  renumbered: [],
  stale: [],
  leftOut: [],
  dropped: [],
  effects: [],
  slips: [],
  answers: [],
  miswritten: [],
};

/** The invariants that are in force at a place of the history. */
export function inForce(invariants: readonly Invariant[], position: number): Invariant[] {
  return invariants.filter(({ from, until }) => from <= position && (until === null || position <= until));
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
