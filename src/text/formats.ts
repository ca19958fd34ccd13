// This room tells texts by their looks: dates, addresses, UUIDs, JSON.
import type { TextFormat } from '../model/column-profile.ts';

const date = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;

/** The formats with a pattern, in the order of the tests. `json` is found by reading it. */
const patterns: readonly (readonly [Exclude<TextFormat, 'json'>, RegExp])[] = [
  ['uuid', /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i],
  ['iso-datetime', new RegExp(String.raw`^${date}T${time}(?:Z|[+-]\d\d:?\d\d)?$`)],
  ['sqlite-datetime', new RegExp(`^${date} ${time}$`)],
  ['iso-date', new RegExp(`^${date}$`)],
  ['boolean', /^[01]$/],
  ['integer', /^[+-]?\d+$/],
  ['email', /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*$/],
  ['url', /^[a-z][a-z\d+.-]*:\/\/\S+$/i],
  ['hex', /^(?:[\da-f]{2}){4,}$/i],
  ['slug', /^(?=.*[a-z])[a-z\d]+(?:[-_][a-z\d]+)*$/],
  ['base64', /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/-]{4,}={0,2}$/],
];

/** Longer texts have no format, and patterns are not tried on them. */
const longest = 2_000;

/** The formats that begin with year and month. */
export const dated: ReadonlySet<TextFormat> = new Set<TextFormat>(['iso-datetime', 'sqlite-datetime', 'iso-date']);

/** The format of a text, or null for free text. */
export function formatOf(text: string): Exclude<TextFormat, 'json'> | null {
  if (text === '' || text.length > longest) return null;
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
