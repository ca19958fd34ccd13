import { base64, hex, uuid } from './codes.ts';
import { decimal, flag, integer, leadingZeros } from './digits.ts';
import { json, malformed } from './documents.ts';
import type { TextKind, TextKindName } from './kind.ts';
import { isoDate, isoDatetime, sqliteDatetime } from './timestamps.ts';
import { email, free, slug, url } from './words.ts';

/** Every kind of text; of those that a text is of, the first one varies it. */
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
