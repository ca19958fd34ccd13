import type { Difference } from '../model/comparison.ts';
import { readingOf } from './rules/rules.ts';

/** The identity of a difference as text, without its numbers. */
export function keyOf(difference: Difference): string {
  return JSON.stringify([difference.kind, readingOf(difference.kind).key(difference)]);
}
