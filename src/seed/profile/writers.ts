import type { DocumentRequest, documentMaker } from './documents.ts';
import type { TextKind } from './kinds.ts';
import { letterCode, prose } from './letter-codes.ts';
import type { TimestampForm } from './timestamp-spans.ts';

/** What a text is made of. */
export interface Writing extends DocumentRequest {
  readonly random: number;
  readonly document: ReturnType<typeof documentMaker>;
  /** Whether there is nothing special about its letters. */
  readonly isPlain: boolean;
}

/** Writes a text. */
type Writer = (writing: Writing) => string;

/** Kinds whose texts are as long as is asked for. */
export type WrittenKind = Exclude<TextKind, 'flag' | 'uuid' | TimestampForm>;

/** The writers of all kinds: no two numbers give the same text. */
export const writers: Readonly<Record<WrittenKind, Writer>> = {
  integer: ({ mark, length }) => wholeNumber(mark, length),
  'leading-zeros': ({ mark, length }) => `0${String(mark).padStart(Math.max(1, length - 1), '0')}`,
  decimal: ({ mark, length }) => `${wholeNumber(mark, length - 2)}.5`,
  hex: ({ number, length, code, random }) => {
    const even = Math.max(8, length - (length % 2));
    const text = `a${number.toString(16).padStart(7, '0')}`;
    const filling = random
      .toString(16)
      .padStart(8, '0')
      .repeat(Math.ceil(even / 8));
    const whole = text + filling.slice(0, Math.max(0, even - text.length));
    return code === code.toUpperCase() ? whole.toUpperCase() : whole;
  },
  slug: (writing) => written(writing, writing.length, '-'),
  base64: ({ number, length, code }) => `zQ${number % 10}${code}`.padEnd(length, 'Ab7x'),
  email: (writing) => {
    const room = writing.length - writing.code.length - 1;
    const host = hosts.find((text) => text.length <= room) ?? 'test';
    return `${written(writing, writing.length - host.length - 1, '.')}@${host}`;
  },
  url: (writing) => {
    const room = writing.length - writing.code.length;
    const start = ['https://example.org/', 'http://x.test/'].find((text) => text.length <= room) ?? 'x://';
    return start + written(writing, writing.length - start.length, '-');
  },
  quoted: (writing) => `"${written(writing, writing.length - 2, ' ')}"`,
  json: (writing) => writing.document(writing),
  malformed: (writing) => {
    const start = writing.length > writing.code.length + 10 ? '{"note": "' : '{';
    return start + written(writing, writing.length - start.length, ' ');
  },
  free: (writing) => {
    const text = written(writing, writing.length, ' ');
    // A point keeps it from being taken for a slug.
    return text.includes(' ') || !writing.isPlain ? text : `${written(writing, writing.length - 1, ' ')}.`;
  },
};

const hosts = ['example.org', 'x.test', 'test'];

/** Digits of a length, or more where the number needs them; neither 0 nor 1 nor with a zero in front. */
function wholeNumber(number: number, length: number): string {
  const lead = 2 + (number % 8);
  const rest = Math.floor(number / 8);
  if (length < 2 && rest === 0) return String(lead);
  return lead + String(rest).padStart(Math.max(1, length - 1), '0');
}

/** Words and the code; where there is room for no words, the code alone, which zeros of its own make longer. */
function written({ number, code, words }: Writing, length: number, separator: string): string {
  const start = prose(words, number, length - code.length - 1, separator);
  const whole = start.endsWith(separator) ? start.slice(0, -1) : start;
  if (whole === '') return padded(code, length);
  return whole + separator + padded(code, length - whole.length - 1);
}

function padded(code: string, length: number): string {
  const zero = letterCode(0, 1);
  const fill = code === code.toUpperCase() ? zero.toUpperCase() : zero;
  const accent = /^[^\x20-\x7e]/.exec(code)?.[0] ?? '';
  return accent + code.slice(accent.length).padStart(length - accent.length, fill);
}

/** A text with its first letter as a capital. */
export function capitalised(text: string): string {
  return text.replace(/[a-z]/, (letter) => letter.toUpperCase());
}
