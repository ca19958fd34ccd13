import type { Difference } from '../model/comparison.ts';
import { readingOf } from './rules/rules.ts';

/** What makes two differences one, whatever their numbers, as a text. */
export function keyOf(difference: Difference): string {
  return JSON.stringify([difference.kind, readingOf(difference.kind).key(difference)]);
}
