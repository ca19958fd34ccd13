import { printable } from './printable.ts';

/**
 * The message for a missing verdict: the fault and the place, then the remedy on a separate line.
 * @param choices the lines of which one is to be chosen, for a remedy that names several.
 */
export function complaint(message: string, remedy: string | null, choices: readonly string[] = []): string {
  const lines = [...(remedy === null ? [] : [`  ${remedy}`]), ...choices.map((choice) => `    ${choice}`)];
  return `rowproof: ${[message, ...lines].map((line) => `${printable(line)}\n`).join('')}`;
}
