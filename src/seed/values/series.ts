import type { SqlValue } from '../../model/connection.ts';
import { draw, shuffle } from './streams.ts';

/** The values of one kind, by the index of their row. Any index may be asked in any order. */
export interface Series<T extends SqlValue> {
  readonly at: (index: number) => T;
  /** Whether no two of them are the same. */
  readonly distinct: boolean;
  /** Values of the same kind, no two of them the same. */
  readonly distinctAt: (index: number) => T;
}

/** Writes a text out of two words, and a number where all pairs of them are used up, which is '' before. */
export type Write = (first: string, second: string, number: string) => string;

/** A series whose values are different anyway. */
export function distinct<T extends SqlValue>(at: (index: number) => T): Series<T> {
  return { at, distinct: true, distinctAt: at };
}

/** A series whose values repeat, with others for where they must not. */
export function repeating<T extends SqlValue>(at: (index: number) => T, distinctAt: (index: number) => T): Series<T> {
  return { at, distinct: false, distinctAt };
}

/** One word for all rows. */
export function constant(word: string): Series<string> {
  return repeating(
    () => word,
    (index) => (index === 0 ? word : `${word}_${index + 1}`),
  );
}

/** Words that repeat, as those of a list do in life. */
export function drawn(key: number, words: readonly string[]): Series<string> {
  const count = words.length;
  return repeating(
    (index) => words[draw(key, index) % count] ?? '',
    (index) => {
      const word = words[(key + index) % count] ?? '';
      return index < count ? word : `${word}-${Math.floor(index / count) + 1}`;
    },
  );
}

/** How many words a list has that is combined with another, as bits. */
const wordBits = 6;
const wordMask = (1 << wordBits) - 1;
const pairMask = (1 << (2 * wordBits)) - 1;

/** The order in which a column takes pairs of words. */
export interface PairOrder {
  /** The key of the column's stream. */
  readonly key: number;
  /** A key that all tables of a seed number have. */
  readonly shared: number;
  /** A number that a table has whatever the seed number. */
  readonly table: number;
}

/** A table begins with a share of 128 pairs, one of 32: rows of different tables seldom have the same name. */
const shareBits = 7;
const shareMask = (1 << shareBits) - 1;

function pairPlaces({ key, shared, table }: PairOrder): (index: number) => number {
  const [within, spread] = [shuffle(key, shareBits), shuffle(shared, 2 * wordBits)];
  return (index) => spread((((table + (index >>> shareBits)) << shareBits) & pairMask) | within(index & shareMask));
}

/**
 * Every word of one list with every word of another (4,096 texts), and again with a number. Both lists have 64 words.
 */
export function pairs(
  order: PairOrder,
  firsts: readonly string[],
  seconds: readonly string[],
  write: Write,
): (index: number) => string {
  const place = pairPlaces(order);
  return (index) => {
    const pair = place(index);
    const round = index >>> (2 * wordBits);
    return write(firsts[pair >>> wordBits] ?? '', seconds[pair & wordMask] ?? '', round === 0 ? '' : `${round + 1}`);
  };
}

/** Every word of a list alone, and then pairs; `alone` and `write` never make the same text. */
export function singles(
  order: PairOrder,
  firsts: readonly string[],
  seconds: readonly string[],
  alone: (word: string) => string,
  write: Write,
): (index: number) => string {
  const place = shuffle(order.key, wordBits);
  const pairAt = pairs(order, firsts, seconds, write);
  const count = 1 << wordBits;
  return (index) => (index < count ? alone(firsts[place(index)] ?? '') : pairAt(index - count));
}

/** The declared length from which on a text has room for words and the number of its row. */
const roomForNumbers = 8;

/**
 * The texts of `at`, which hold digits only where pairs of words are used up, in a declared length: those that are too
 * long are cut, and end with the number of their row to stay different.
 * @param longest how long the texts are at most.
 */
export function cut(at: (index: number) => string, length: number | null, longest: number): Series<string> {
  if (length === null || length < 1 || longest <= length) return distinct(at);
  const words = (index: number, room: number): string =>
    at(index & pairMask)
      .slice(0, Math.max(room, 0))
      .trimEnd();
  const distinctAt = (index: number): string => {
    const text = at(index);
    if (text.length <= length && index <= pairMask) return text;
    const number = String(index + 1);
    return words(index, length - number.length) + number;
  };
  return length < roomForNumbers ? repeating((index) => words(index, length), distinctAt) : distinct(distinctAt);
}
