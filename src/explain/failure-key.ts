import type { Failure } from '../model/outcome.ts';

/** What makes two failures one. Two columns may fail one statement in the same way; what a trigger says may be different for each row. */
export function keyOfFailure({
  failure,
  table,
}: {
  readonly failure: Failure;
  readonly table: string | null;
}): readonly unknown[] {
  return [failure.at, failure.statement, failure.code, table, failure.harmless ? failure.message : null];
}
