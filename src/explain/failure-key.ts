import type { Failure } from '../model/outcome.ts';

/**
 * The identity of a failure. Two columns may fail one statement in the same way; a trigger's message may differ for
 * each row.
 */
export function keyOfFailure({
  failure,
  table,
}: {
  readonly failure: Failure;
  readonly table: string | null;
}): readonly unknown[] {
  return [failure.at, failure.statement, failure.code, table, failure.harmless ? failure.message : null];
}
