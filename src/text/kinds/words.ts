import { letterCode, prose } from '../letter-codes.ts';
import { endsNamed, type TextKind, tagOf, type Writing } from './kind.ts';

/** The text round some words, and the sign between these. */
interface Frame {
  readonly start: string;
  readonly between: string;
  readonly end: string;
}

/** A kind whose texts are words in a frame. */
interface FramedKind extends TextKind {
  readonly names: RegExp;
  /** Writes two words, and a number that tells texts of the same words apart. */
  readonly of: (first: string, second: string, number: string) => string;
}

/** Words in a frame; where a text is too short for it, in the first of `shorter` that leaves room for a code. */
function framed(frame: Frame, ...shorter: readonly Frame[]): Pick<FramedKind, 'of' | 'write'> {
  const { start, between, end } = frame;
  return {
    of: (first, second, number) => start + first + between + second + number + end,
    write: (writing) => {
      const room = writing.length - writing.code.length;
      const fits = (each: Frame): boolean => each.start.length + each.end.length <= room;
      const chosen = [frame, ...shorter].find(fits) ?? shorter.at(-1) ?? frame;
      const length = writing.length - chosen.start.length - chosen.end.length;
      return chosen.start + written(writing, length, chosen.between) + chosen.end;
    },
  };
}

function address(host: string): Frame {
  return { start: '', between: '.', end: `@${host}` };
}

function page(start: string): Frame {
  return { start, between: '-', end: '' };
}

/** Addresses of electronic mail, at a domain that is reserved. https://www.rfc-editor.org/rfc/rfc2606 */
export const email: FramedKind = {
  names: /(?:^|_)(?:email|emails|mail)(?:_|$)/,
  recognises: (text) => /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*$/.test(text),
  ...framed(address('example.org'), address('x.test'), address('test')),
  vary: (text, number) => text.replace('@', `${tagOf(number)}@`),
  letters: ['upperCase', 'nonAscii'],
};

/** Addresses in the web. */
export const url: FramedKind = {
  names: endsNamed('url urls uri href link website homepage webhook endpoint callback redirect'),
  recognises: (text) => /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(text),
  ...framed(page('https://example.org/'), page('http://x.test/'), page('x://')),
  vary: (text, number) => `${text}/${tagOf(number)}`,
  letters: ['upperCase', 'nonAscii'],
};

/** Words in small letters with hyphens. */
export const slug: FramedKind = {
  names: endsNamed('slug handle permalink'),
  recognises: (text) => /^(?=.*[a-z])[a-z\d]+(?:[-_][a-z\d]+)*$/.test(text),
  ...framed(page('')),
  letters: [],
};

/** Any other text. */
export const free = {
  recognises: () => true,
  write: (writing) => {
    const text = written(writing, writing.length, ' ');
    // A point keeps it from being taken for a slug.
    return text.includes(' ') || !writing.isPlain ? text : `${written(writing, writing.length - 1, ' ')}.`;
  },
  vary: (text, number) => `${text}${text.includes(' ') ? ' ' : ''}${tagOf(number)}`,
  letters: ['upperCase', 'nonAscii', 'outerSpace'],
} satisfies TextKind;

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
