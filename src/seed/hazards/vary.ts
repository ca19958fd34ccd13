import type { SqlValue } from '../../model/connection.ts';

/**
 * Another value of the kind of `value`: a timestamp stays a timestamp, an address an address, a document a document.
 * @param number what tells it from the others
 * @param must whether the value has to differ; else flags and empty texts stay as they are
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

function variedText(text: string, number: number): string {
  const tag = String(number % 1_000_000);
  if (timestamp.test(text)) return variedTimestamp(text, number);
  if (/^\d{1,15}$/.test(text)) return String(Number(text) + (number % 900_000) + 1);
  if (/^(?:[\da-f]{4,}-?){2,}$/i.test(text))
    return text.slice(0, -6) + (number % 0x1000000).toString(16).padStart(6, '0');
  if (text.includes('@')) return text.replace('@', `${tag}@`);
  if (/^\s*[{[]/.test(text)) return variedDocument(text, number);
  if (/^https?:/.test(text)) return `${text}/${tag}`;
  return text.includes(' ') ? `${text} ${tag}` : `${text}${tag}`;
}

const timestamp = /^(\d{4}-\d\d-\d\d)(?:([T ])(\d\d:\d\d)(:\d\d)?(.*))?$/s;

/** An earlier timestamp in the same form. One number moves all by the same time, so that what begins still begins before it ends. */
function variedTimestamp(text: string, number: number): string {
  const [, day = '', between, time, seconds, rest = ''] = timestamp.exec(text) ?? [];
  const start = Date.parse(`${day}T${time ?? '00:00'}${seconds ?? ':00'}Z`);
  if (Number.isNaN(start)) return text;
  const days = 1 + (number % 997);
  // A day without a time is moved by whole days.
  const moved = new Date(start - days * 86_400_000 - (time === undefined ? 0 : (number % 3_571) * 1000)).toISOString();
  if (between === undefined || time === undefined) return moved.slice(0, 10);
  return `${moved.slice(0, 10)}${between}${moved.slice(11, seconds === undefined ? 16 : 19)}${rest}`;
}

/** The same document with other texts in it. */
function variedDocument(text: string, number: number): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
      typeof value === 'string' && value !== '' ? variedText(value, number) : value,
    );
  } catch {
    return text;
  }
}

function variedBytes(bytes: Uint8Array, number: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let i = 0; i < Math.min(4, copy.length); i++) copy[copy.length - 1 - i] = (number >>> (8 * i)) & 0xff;
  return copy;
}
