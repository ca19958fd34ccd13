import { significantTokens } from './tokens.ts';
import { nameOf, readWords } from './words.ts';

/** The event that a trigger waits for. */
export type TriggerEvent = 'insert' | 'update' | 'delete';

/**
 * Reads what a trigger waits for from its text: the first such word before ON, which names cannot be unless quoted.
 * https://sqlite.org/lang_createtrigger.html
 */
export function triggerEvent(createTrigger: string): TriggerEvent | null {
  for (const { kind, text } of significantTokens(createTrigger)) {
    const word = kind === 'word' ? text.toLowerCase() : '';
    if (word === 'insert' || word === 'update' || word === 'delete') return word;
    if (word === 'begin') return null;
  }
  return null;
}

/** The table that a trigger stands on, from its text: the name after the first ON, or after the point that follows it. */
export function triggerTable(createTrigger: string): string | null {
  const words = readWords(createTrigger);
  const on = words.findIndex(({ key }) => key === 'ON');
  return on < 0 ? null : nameOf(words[words[on + 2]?.key === '.' ? on + 3 : on + 1]);
}

/** The columns after UPDATE OF; empty for a trigger that watches all. */
export function watchedColumns(createTrigger: string): string[] {
  const words = readWords(createTrigger);
  const of = words.findIndex(({ key }, i) => key === 'OF' && words[i - 1]?.key === 'UPDATE');
  const on = words.findIndex(({ key }, i) => i > of && key === 'ON');
  return of < 0 ? [] : words.slice(of + 1, on).flatMap((word) => (word.text === ',' ? [] : (nameOf(word) ?? [])));
}
