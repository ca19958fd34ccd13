import type { FailureSite, StraySite } from '../../../model/facts.ts';
import { constraintIn } from './causes.ts';

/** The part of a failure by which a report recognises it. */
interface Failing {
  readonly table: string | null;
  readonly message: string;
  readonly facts: { readonly sites?: readonly (StraySite | FailureSite)[] };
}

/**
 * The table and constraint of a failure, and those of the others that are told with it, whichever of them comes first. Two
 * columns of a table are two matters: SQLite names them, or quotes the CHECK.
 */
export function objectsOfFailure(failing: Failing): readonly unknown[] {
  const others = (failing.facts.sites ?? []).filter((site): site is FailureSite => 'message' in site);
  const [own, ...more] = [failing, ...others].map(({ table, message }) => [table, constraintIn(message)]);
  return more.length === 0 ? (own ?? []) : [own, ...more];
}
