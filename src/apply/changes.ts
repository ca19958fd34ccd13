import type { Chosen } from '../database/choices.ts';
import type { Miswritten } from '../model/change.ts';
import type { Applied, State } from '../model/outcome.ts';
import { findRenumbered } from '../rows/pairing.ts';
import { findRowChanges } from '../rows/row-changes.ts';
import { findLiterals } from '../rows/written/literal-text.ts';
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
    leftOut,
    dropped: findDroppedValues(db, snapshot, ran, flow, before, after),
    effects,
    slips,
    answers: asksViews === true ? findOtherAnswers(db, snapshot, ran, flow, changes, before, after) : [],
    miswritten: [
      ...findLiterals(db, flow, before.schema, after),
      ...miswritten,
      ...chosen.map((each) => asMiswritten(each, flow, after)),
    ],
  };
}

/** A value that any of several rows gives, by the name of its table at the end. */
function asMiswritten({ statement, table, column, rows }: Chosen, flow: Flow, { rows: all }: State): Miswritten {
  const now = flow.becomes(table)?.name ?? table;
  const keys = { columns: [], rows: [] };
  return { how: 'one-of-several', table: now, column, rows, of: all.get(now) ?? rows, statement, keys };
}
