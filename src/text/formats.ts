// This room tells texts by their looks, and holds what is known of each kind: dates, addresses, UUIDs, JSON.
import { type TextFormat, textFormats } from '../model/column-profile.ts';
import { textKinds } from './kinds/kinds.ts';

/** The formats whose texts a kind recognises; `json` is found by reading it. */
const readable = textFormats.filter((format) => format !== 'json');

/** Longer texts have no format, and patterns are not tried on them. */
const longest = 2_000;

/** The format of a text, or null for free text. */
export function formatOf(text: string): Exclude<TextFormat, 'json'> | null {
  if (text === '' || text.length > longest) return null;
  return readable.find((format) => textKinds[format === 'boolean' ? 'flag' : format].recognises(text)) ?? null;
}
