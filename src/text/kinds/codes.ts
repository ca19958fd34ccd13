import { named, type TextKind } from './kind.ts';

/** Unique identifiers. https://www.rfc-editor.org/rfc/rfc9562 */
export const uuid = {
  names: named('uuid guid'),
  recognises: (text) => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text),
  write: ({ number, random, code }) => {
    const digits = hexadecimal(random);
    return inCaseOf(code, `${hexadecimal(number)}-${digits.slice(0, 4)}-4000-8000-${digits.padStart(12, '0')}`);
  },
  vary: lastDigits,
  letters: ['upperCase'],
} satisfies TextKind;

/** Hexadecimal digits, as of hashes. */
export const hex = {
  recognises: (text) => /^(?:[\da-f]{2}){4,}$/i.test(text),
  write: ({ number, length, code, random }) => {
    const even = Math.max(8, length - (length % 2));
    const text = `a${number.toString(16).padStart(7, '0')}`;
    const filling = hexadecimal(random).repeat(Math.ceil(even / 8));
    return inCaseOf(code, text + filling.slice(0, Math.max(0, even - text.length)));
  },
  vary: lastDigits,
  letters: ['upperCase'],
} satisfies TextKind;

/** Bytes as letters. https://www.rfc-editor.org/rfc/rfc4648#section-4 */
export const base64 = {
  recognises: (text) => /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/-]{4,}={0,2}$/.test(text),
  write: ({ number, length, code }) => `zQ${number % 10}${code}`.padEnd(length, 'Ab7x'),
  letters: [],
} satisfies TextKind;

/** A text in capitals where the code is. */
function inCaseOf(code: string, text: string): string {
  return code === code.toUpperCase() ? text.toUpperCase() : text;
}

function hexadecimal(number: number): string {
  return number.toString(16).padStart(8, '0');
}

function lastDigits(text: string, number: number): string {
  return text.slice(0, -6) + (number % 0x1000000).toString(16).padStart(6, '0');
}
