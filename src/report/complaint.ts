import { printable } from './printable.ts';

/** Why there is no verdict, as the command prints it: what and where, then what to do about it on a line of its own. */
export function complaint(message: string, remedy: string | null): string {
  return `rowproof: ${printable(message)}\n${remedy === null ? '' : `  ${printable(remedy)}\n`}`;
}
