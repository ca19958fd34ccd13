// This room tells texts by their looks, and holds what is known of each kind: dates, addresses, UUIDs, JSON.
import type { TextFormat } from '../model/column-profile.ts';
import type { TextKindName } from './kinds/kind.ts';
import { textKinds } from './kinds/kinds.ts';

/** The formats of a profile in the order of the tests, with their kinds. `json` is found by reading it. */
const formats: readonly (readonly [Exclude<TextFormat, 'json'>, TextKindName])[] = [
  ['uuid', 'uuid'],
  ['iso-datetime', 'iso-datetime'],
  ['sqlite-datetime', 'sqlite-datetime'],
  ['iso-date', 'iso-date'],
  ['boolean', 'flag'],
  ['integer', 'integer'],
  ['email', 'email'],
  ['url', 'url'],
  ['hex', 'hex'],
  ['slug', 'slug'],
  ['base64', 'base64'],
];

/** Longer texts have no format, and patterns are not tried on them. */
const longest = 2_000;

/** The formats that begin with year and month. */
export const dated: ReadonlySet<TextFormat> = new Set<TextFormat>(['iso-datetime', 'sqlite-datetime', 'iso-date']);

/** The format of a text, or null for free text. */
export function formatOf(text: string): Exclude<TextFormat, 'json'> | null {
  if (text === '' || text.length > longest) return null;
  return formats.find(([, kind]) => textKinds[kind].recognises(text))?.[0] ?? null;
}
