import type { Chosen } from '../database/choices.ts';
import type { Database } from '../database/connection.ts';
import { countLeftOut } from '../database/left-out.ts';
import type { Miswritten } from '../model/change.ts';
import type { Migration } from '../model/history.ts';
import type { Applied, LeftOut, Slip, State } from '../model/outcome.ts';
import { findRenumbered } from '../rows/pairing.ts';
import { findRowChanges } from '../rows/row-changes.ts';
import { findLiterals } from '../rows/written/literal-text.ts';
import { readUpdate } from '../sql/assignments.ts';
import { type Flow, readFlow } from '../sql/flow.ts';
import type { Application } from './application.ts';
import { findDroppedValues } from './dropped-values.ts';
import { findStaleIndexes } from './search-indexes.ts';
import { findOtherAnswers } from './view-answers.ts';
import type { WatchedRun } from './watched-run.ts';

/** The changes of a step, as far as they are asked for. */
export type Changes = Omit<Applied, 'status' | 'ran' | 'before' | 'after'>;

/** The changes of a step that nobody judges. */
export const unseen: Changes = {
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

/** The changes of a step that is judged. */
export function findChanges(
  { db, snapshot, settings, asksViews }: Application,
  { ran, copies, leftOut, effects, slips, chosen, writes, isSame }: WatchedRun,
  before: State,
  after: State,
): Changes {
  const flow = readFlow(ran.statements, copies, before.schema);
  const mayHaveWritten = isSame ? () => false : writes.mayHaveWritten;
  const { changes, miswritten } = findRowChanges(db, snapshot, flow, before, after, mayHaveWritten);
  return {
    changes,
    renumbered: findRenumbered(flow, after.schema),
    stale: findStaleIndexes(db, snapshot, settings, before, after, mayHaveWritten),
    leftOut: leftOut.filter((each) => !stillWait(db, each, ran)),
    dropped: findDroppedValues(db, snapshot, ran, flow, before, after),
    effects,
    slips,
    answers: asksViews === true ? findOtherAnswers(db, snapshot, ran, flow, changes, before, after) : [],
    miswritten: [
      ...findLiterals(db, flow, before.schema, after),
      ...miswritten,
      ...chosen.map((each) => asMiswritten('one-of-several', each, flow, after)),
      ...othersTaken(ran, slips).map((each) => asMiswritten('underscore-takes-others', each, flow, after)),
    ],
  };
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
    if (kind !== 'underscore-matches' || rows === 0 || statement?.head.verb !== 'update') return [];
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
