import { draw, shuffle } from './streams.ts';

const hexadecimal = '0123456789abcdef';
/** Sixteen letters that spell no word and are not taken for digits. */
const consonants = 'bcdfghjkmnpqrstv';
/** https://github.com/ulid/spec#encoding */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const hexPairs = pairsOf(hexadecimal);
const letterPairs = pairsOf(consonants);

/** `length` hexadecimal digits, different for every index: their first word is a shuffled counter. */
export function digits(key: number, length: number): (index: number) => string {
  return symbols(hexPairs, key, length);
}

/** `length` letters, different for every index. */
export function letters(key: number, length: number): (index: number) => string {
  return symbols(letterPairs, key, length);
}

/** Version 4 UUIDs, different for every index. https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
export function uuids(key: number): (index: number) => string {
  const first = shuffle(key, 32);
  return (index) => {
    const a = first(index);
    const b = (draw(key + 1, index) & 0xffff0fff) | 0x4000;
    const c = (draw(key + 2, index) & 0x3fffffff) | 0x80000000;
    const d = draw(key + 3, index);
    return `${word(hexPairs, a)}-${wordInTwo(b)}-${wordInTwo(c)}${word(hexPairs, d)}`;
  };
}

/** ULIDs, different for every index. https://github.com/ulid/spec */
export function ulids(key: number): (index: number) => string {
  const first = shuffle(key, 30);
  return (index) => {
    let text = `01${six(first(index))}`;
    for (let n = 1; n < 4; n++) text += six(draw(key + n, index));
    return text;
  };
}

/** `length` symbols out of a table; where they run out, which is after 16^length, a number follows. */
function symbols(table: readonly string[], key: number, length: number): (index: number) => string {
  const words = Math.ceil(length / 8);
  const bits = Math.min(4 * length, 32);
  const first = shuffle(key, bits);
  if (length < 8) {
    return (index) => {
      const text = word(table, first(index)).slice(8 - length);
      const round = Math.floor(index / 2 ** bits);
      return round === 0 ? text : `${text}${round}`;
    };
  }
  return (index) => {
    let text = word(table, first(index));
    for (let n = 1; n < words; n++) text += word(table, draw(key + n, index));
    return text.length === length ? text : text.slice(0, length);
  };
}

/** The eight symbols of 32 bits. */
function word(table: readonly string[], value: number): string {
  return half(table, value >>> 16) + half(table, value & 0xffff);
}

function wordInTwo(value: number): string {
  return `${half(hexPairs, value >>> 16)}-${half(hexPairs, value & 0xffff)}`;
}

/** The four symbols of 16 bits. */
function half(table: readonly string[], value: number): string {
  return `${table[value >>> 8]}${table[value & 0xff]}`;
}

/** The six symbols of 30 bits. */
function six(value: number): string {
  let text = '';
  for (let shift = 25; shift >= 0; shift -= 5) text += crockford.charAt((value >>> shift) & 31);
  return text;
}

/** The two symbols of every byte. */
function pairsOf(alphabet: string): string[] {
  return [...alphabet].flatMap((first) => [...alphabet].map((second) => first + second));
}
