import { base64, hex, uuid } from './codes.ts';
import { decimal, flag, integer, leadingZeros } from './digits.ts';
import { json, malformed } from './documents.ts';
import type { TextKind, TextKindName } from './kind.ts';
import { isoDate, isoDatetime, sqliteDatetime } from './timestamps.ts';
import { email, free, slug, url } from './words.ts';

/** Every kind of text. */
export const textKinds: Readonly<Record<TextKindName, TextKind>> = {
  uuid,
  'iso-datetime': isoDatetime,
  'sqlite-datetime': sqliteDatetime,
  'iso-date': isoDate,
  flag,
  integer,
  email,
  url,
  hex,
  slug,
  base64,
  json,
  'leading-zeros': leadingZeros,
  decimal,
  malformed,
  free,
};

/** Another text of the kind that a text is of. @param number tells it from others */
export function varyText(text: string, number: number): string {
  if (textKinds.json.recognises(text)) return variedDocument(text, number);
  return kindOf(text).vary(text, number);
}

/** The kinds that are tried, in this order. */
const recognised = [isoDatetime, sqliteDatetime, isoDate, flag, integer, uuid, hex, email, url, malformed] as const;

function kindOf(text: string): TextKind {
  return recognised.find(({ recognises }) => recognises(text)) ?? free;
}

/** The same document with other texts in it. */
function variedDocument(text: string, number: number): string {
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    typeof value === 'string' && value !== '' ? varyText(value, number) : value,
  );
}
