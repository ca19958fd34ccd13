import { printable } from './printable.ts';

/** The message for a missing verdict: the fault and the place, then the remedy on a separate line. */
export function complaint(message: string, remedy: string | null): string {
  return `rowproof: ${printable(message)}\n${remedy === null ? '' : `  ${printable(remedy)}\n`}`;
}
