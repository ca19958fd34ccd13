import type { Outcome } from '../model/outcome.ts';

// The messages of SQLite about a missing object: in a statement, and in a view or trigger that it compiles on the way.
const want =
  /^(?:no such (?:table|column|index|view|trigger)|table .* has no column named|error in (?:view|trigger|index) .*: no such)/;

/**
 * Where a program of the history was skipped: the outcome as `blocked` when the step failed only for want of an object,
 * which that program may have made; else null.
 */
export function asBlocked(outcome: Outcome): Outcome | null {
  if (outcome.status !== 'failed' || !want.test(outcome.failure.message)) return null;
  return { status: 'blocked', failure: outcome.failure };
}
