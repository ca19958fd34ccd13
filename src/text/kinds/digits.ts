import type { TextKind } from './kind.ts';

/** Yes and no as digits. */
export const flag = {
  recognises: (text) => /^[01]$/.test(text),
  write: ({ number }) => String((number + 1) % 2),
  vary: added,
  letters: [],
} satisfies TextKind;

/** Whole numbers. */
export const integer = {
  recognises: (text) => /^[+-]?\d+$/.test(text),
  write: ({ mark, length }) => wholeNumber(mark, length),
  vary: added,
  letters: [],
} satisfies TextKind;

/** Digits with zeros in front, which a number would lose. */
export const leadingZeros = {
  recognises: (text) => /^0\d+$/.test(text),
  write: ({ mark, length }) => `0${String(mark).padStart(Math.max(1, length - 1), '0')}`,
  letters: [],
} satisfies TextKind;

/** Numbers, those with a fraction and an exponent too. */
export const decimal = {
  recognises: (text) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text),
  write: ({ mark, length }) => `${wholeNumber(mark, length - 2)}.5`,
  letters: [],
} satisfies TextKind;

/** Digits of a length, or more where the number needs them; neither 0 nor 1 nor with a zero in front. */
function wholeNumber(number: number, length: number): string {
  const lead = 2 + (number % 8);
  const rest = Math.floor(number / 8);
  if (length < 2 && rest === 0) return String(lead);
  return lead + String(rest).padStart(Math.max(1, length - 1), '0');
}

function added(text: string, number: number): string {
  return String(BigInt(text.replace('+', '')) + BigInt(number % 900_000) + 1n);
}
