import type { SqlValue } from '../model/connection.ts';
import { textKinds } from './kinds/kinds.ts';

/**
 * Another value of the kind of `value`: a timestamp stays a timestamp, an address an address, a document a document.
 * @param number what tells it from the others
 * @param must whether the value has to differ; else flags and empty texts stay the same
 */
export function varied(value: SqlValue, number: number, must: boolean): SqlValue {
  const small = 1 + (number % 9_973);
  if (typeof value === 'number') return !must && isFlag(value) ? value : value + (must ? number % 900_000 : small) + 1;
  if (typeof value === 'bigint') {
    if (!must && isFlag(Number(value))) return value;
    return value + BigInt(must ? number % 900_000 : small) + 1n;
  }
  if (typeof value === 'string') return value === '' && !must ? value : variedText(value, number);
  return value instanceof Uint8Array ? variedBytes(value, number) : value;
}

function isFlag(value: number): boolean {
  return value === 0 || value === 1;
}

function variedBytes(bytes: Uint8Array, number: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let i = 0; i < Math.min(4, copy.length); i++) copy[copy.length - 1 - i] = (number >>> (8 * i)) & 0xff;
  return copy;
}

/** Another text of the first kind that a text is of; a document with other texts in it. */
function variedText(text: string, number: number): string {
  if (textKinds.json.recognises(text)) return variedDocument(text, number);
  const kind = Object.values(textKinds).find(({ recognises, vary }) => vary !== undefined && recognises(text));
  return kind?.vary?.(text, number) ?? text;
}

function variedDocument(text: string, number: number): string {
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    typeof value === 'string' && value !== '' ? variedText(value, number) : value,
  );
}
