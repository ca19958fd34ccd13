import type { SqlValue } from '../model/connection.ts';
import type { Case } from '../shrink/case.ts';
import { replaceValues } from '../shrink/values.ts';
import { namesIn } from '../sql/names.ts';

/** How numbers may be masked, one after the other: a CHECK may refuse some. */
const leads: readonly bigint[] = [0n, 1n, 2n, 9n];

/** Numbers and texts that are a shape of their own and tell nothing of a row. */
const plainValues: ReadonlySet<SqlValue> = new Set<SqlValue>([null, '', 0n, 1n, -1n, -(2n ** 63n), 2n ** 63n - 1n, 0]);

/**
 * The case with other values of the same shape, in several ways to be tried: what is equal stays equal, also but for the
 * case of its letters; words have other letters, numbers other digits, JSON and dates stay such. Words of the schema and of
 * the migration stay, for they stand in files of the project.
 */
export function masked(whole: Case): readonly Case[] {
  return leads.map((lead) => {
    const by = masker(wordsIn(whole), lead);
    return replaceValues(whole, (value) => by(value));
  });
}

function wordsIn({ schema, statements }: Case): ReadonlySet<string> {
  const texts = [...schema.map(({ sql }) => sql), ...statements.map(({ sql }) => sql)];
  const strings = texts.flatMap((sql) => [...sql.matchAll(/'([^']*)'/g)].flatMap(([, text = '']) => wordsOf(text)));
  return new Set([...texts.flatMap((sql) => [...namesIn(sql)]), ...strings]);
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/\p{L}+/gu)].map(([word]) => word.toLowerCase());
}

/** Masks value after value, each time the same for the same. */
function masker(known: ReadonlySet<string>, lead: bigint): (value: SqlValue) => SqlValue {
  const numbers = new Map<string, string>();
  const words = new Map<string, string>();
  const numberFor = (digits: string): string => {
    // Zeros in front are part of the shape.
    const [, zeros = '', rest = ''] = /^(0*)(.*)$/s.exec(digits) ?? [];
    if (rest === '') return digits;
    return (
      zeros +
      counted(numbers, rest, (count) =>
        String((lead === 0n ? 1n : lead * 10n ** BigInt(Math.max(0, rest.length - 1))) + count),
      )
    );
  };
  const wordFor = (word: string): string => {
    const lower = word.toLowerCase();
    if (known.has(lower)) return word;
    const mask = counted(words, lower, (count) => letters(count).padStart(lower.length, 'x'));
    return [...mask].map((letter, i) => (isUpper(word[i]) ? letter.toUpperCase() : letter)).join('');
  };
  return (value) => {
    if (plainValues.has(value)) return value;
    if (typeof value === 'bigint')
      return value < 0n ? -BigInt(numberFor(String(-value))) : BigInt(numberFor(String(value)));
    if (typeof value === 'number') return maskReal(value, numberFor);
    if (typeof value === 'string') return maskText(value, wordFor, numberFor);
    return value === null ? null : new Uint8Array(value.length).fill(0x61);
  };
}

/** The mask of a text that is counted: the next free one for a new text. */
function counted(masks: Map<string, string>, text: string, make: (count: bigint) => string): string {
  const known = masks.get(text);
  if (known !== undefined) return known;
  const taken = new Set(masks.values());
  for (let count = 1n; ; count++) {
    const mask = make(count);
    if (taken.has(mask) || mask === text) continue;
    masks.set(text, mask);
    return mask;
  }
}

function maskReal(value: number, numberFor: (digits: string) => string): number {
  const [, sign = '', whole = '0', rest = ''] = /^(-?)(\d+)(.*)$/.exec(String(value)) ?? [];
  const mask = Number(`${sign}${numberFor(whole)}${rest.startsWith('.') ? '.5' : ''}`);
  return Number.isFinite(mask) ? mask : 1.5;
}

const dated = /^\d{4}-\d{2}-\d{2}(?=$|[ T])/;

function maskText(text: string, wordFor: (word: string) => string, numberFor: (digits: string) => string): string {
  if (dated.test(text))
    return text
      .replace(dated, () => '2001-02-03')
      .replace(/(?<=[ T])\d\d:\d\d(:\d\d)?/, (time) => '04:05:06'.slice(0, time.length));
  return text.replace(/\p{L}+|\d+/gu, (run) => (/\d/.test(run) ? numberFor(run) : wordFor(run)));
}

function letters(count: bigint): string {
  let text = '';
  for (let left = count; left > 0n; left = (left - 1n) / 26n)
    text = String.fromCharCode(97 + Number((left - 1n) % 26n)) + text;
  return text;
}

function isUpper(letter: string | undefined): boolean {
  return letter !== undefined && letter !== letter.toLowerCase();
}
