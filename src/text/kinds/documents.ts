import { endsNamed, type TextKind } from './kind.ts';
import { written } from './words.ts';

/** Objects and arrays in JSON. */
export const json = {
  names: endsNamed(
    'json jsonb payload metadata meta config configuration settings options preferences params parameters properties ' +
      'attributes context headers extra',
  ),
  recognises: (text) => /^\s*[[{]/.test(text) && isJson(text),
  write: (writing) => writing.document(writing),
  letters: ['upperCase', 'nonAscii', 'outerSpace'],
} satisfies TextKind;

/** Texts that begin as documents do and are none. */
export const malformed = {
  recognises: (text) => /^\s*[[{]/.test(text) && !isJson(text),
  write: (writing) => {
    const start = writing.length > writing.code.length + 10 ? '{"note": "' : '{';
    return start + written(writing, writing.length - start.length, ' ');
  },
  vary: (text) => text,
  letters: ['upperCase', 'nonAscii', 'outerSpace'],
} satisfies TextKind;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
