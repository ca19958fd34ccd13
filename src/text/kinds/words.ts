import { letterCode, prose } from '../letter-codes.ts';
import { endsNamed, type TextKind, tagOf, type Writing } from './kind.ts';

/** Addresses of electronic mail, at a domain that is reserved. https://www.rfc-editor.org/rfc/rfc2606 */
export const email = {
  names: /(?:^|_)(?:email|emails|mail)(?:_|$)/,
  recognises: (text) => /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*$/.test(text),
  /** The address of a person. */
  of: (first: string, second: string, number: string) => `${first}.${second}${number}@example.org`,
  write: (writing) => {
    const host = hostIn(writing.length - writing.code.length - 1);
    return `${written(writing, writing.length - host.length - 1, '.')}@${host}`;
  },
  vary: (text, number) => text.replace('@', `${tagOf(number)}@`),
  letters: ['upperCase', 'nonAscii'],
} satisfies TextKind & { of: (first: string, second: string, number: string) => string };

/** Addresses in the web. */
export const url = {
  names: endsNamed('url urls uri href link website homepage webhook endpoint callback redirect'),
  recognises: (text) => /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(text),
  of: (path: string, first: string, second: string, number: string) =>
    `https://example.org/${path}/${first}-${second}${number}`,
  write: (writing) => {
    const room = writing.length - writing.code.length;
    const start = ['https://example.org/', 'http://x.test/'].find((text) => text.length <= room) ?? 'x://';
    return start + written(writing, writing.length - start.length, '-');
  },
  vary: (text, number) => `${text}/${tagOf(number)}`,
  letters: ['upperCase', 'nonAscii'],
} satisfies TextKind & { of: (path: string, first: string, second: string, number: string) => string };

/** Words in small letters with hyphens. */
export const slug = {
  names: endsNamed('slug handle permalink'),
  recognises: (text) => /^(?=.*[a-z])[a-z\d]+(?:[-_][a-z\d]+)*$/.test(text),
  of: (first: string, second: string, number: string) => `${first}-${second}${number}`,
  write: (writing) => written(writing, writing.length, '-'),
  vary: appended,
  letters: [],
} satisfies TextKind & { of: (first: string, second: string, number: string) => string };

/** Any other text. */
export const free = {
  names: null,
  recognises: () => true,
  write: (writing) => {
    const text = written(writing, writing.length, ' ');
    // A point keeps it from being taken for a slug.
    return text.includes(' ') || !writing.isPlain ? text : `${written(writing, writing.length - 1, ' ')}.`;
  },
  vary: appended,
  letters: ['upperCase', 'nonAscii', 'outerSpace'],
} satisfies TextKind;

function appended(text: string, number: number): string {
  return text.includes(' ') ? `${text} ${tagOf(number)}` : `${text}${tagOf(number)}`;
}

function hostIn(room: number): string {
  return ['example.org', 'x.test', 'test'].find((text) => text.length <= room) ?? 'test';
}

/** Words and the code; where there is room for no words, the code alone, which zeros of its own make longer. */
export function written({ number, code, words }: Writing, length: number, separator: string): string {
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
