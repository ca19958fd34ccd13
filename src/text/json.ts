import { withEscapes } from './unprintable.ts';

/**
 * JSON that means the same and can be shown: JSON.stringify leaves DEL, C1, separators and direction marks as they are.
 * Line breaks stand between tokens alone, where an escape may not. https://www.rfc-editor.org/rfc/rfc8259#section-7
 */
export function printableJson(json: string): string {
  return withEscapes(json, (character) => (character === '\n' ? character : escapes(character)));
}

/** One for each UTF-16 code unit. */
function escapes(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
