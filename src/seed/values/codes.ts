import { draw, shuffle } from './streams.ts';

const hexadecimal = '0123456789abcdef';
/** Sixteen letters that spell no word and are not taken for digits. */
const consonants = 'bcdfghjkmnpqrstv';
/** https://github.com/ulid/spec#encoding */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Symbols by twos and by threes: the fewer parts a text is put together from, the less it leaves to collect. */
interface Symbols {
  readonly pairs: readonly string[];
  readonly triples: readonly string[];
}

const hexDigits = symbolsOf(hexadecimal);
const smallLetters = symbolsOf(consonants);

/** `length` hexadecimal digits, different for every index: their first word is a shuffled counter. */
export function digits(key: number, length: number): (index: number) => string {
  return symbols(hexDigits, key, length);
}

/** `length` letters, different for every index. @param prefix of each */
export function letters(key: number, length: number, prefix = ''): (index: number) => string {
  return symbols(smallLetters, key, length, prefix);
}

/** Version 4 UUIDs, different for every index. https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
export function uuids(key: number): (index: number) => string {
  const first = shuffle(key, 32);
  return (index) => {
    const a = first(index);
    const b = (draw(key + 1, index) & 0xffff0fff) | 0x4000;
    const c = (draw(key + 2, index) & 0x3fffffff) | 0x80000000;
    const d = draw(key + 3, index);
    return `${word(hexDigits, a)}-${wordInTwo(b)}-${wordInTwo(c)}${word(hexDigits, d)}`;
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

/** `length` symbols; where they run out, which is after 16^length, a number follows. */
function symbols(from: Symbols, key: number, length: number, prefix = ''): (index: number) => string {
  const words = Math.ceil(length / 8);
  const bits = Math.min(4 * length, 32);
  const first = shuffle(key, bits);
  const { triples } = from;
  if (length === 6) {
    return (index) => {
      const value = first(index);
      const text = prefix + triples[value >>> 12] + triples[value & 0xfff];
      return index < 2 ** bits ? text : text + Math.floor(index / 2 ** bits);
    };
  }
  if (length < 8) {
    return (index) => {
      const text = prefix + word(from, first(index)).slice(8 - length);
      const round = Math.floor(index / 2 ** bits);
      return round === 0 ? text : `${text}${round}`;
    };
  }
  return (index) => {
    let text = prefix + word(from, first(index));
    for (let n = 1; n < words; n++) text += word(from, draw(key + n, index));
    return text.length === length ? text : text.slice(0, prefix.length + length);
  };
}

/** The eight symbols of 32 bits. */
function word({ pairs, triples }: Symbols, value: number): string {
  return `${triples[value >>> 20]}${triples[(value >>> 8) & 0xfff]}${pairs[value & 0xff]}`;
}

/** The same with a hyphen in the middle. */
function wordInTwo(value: number): string {
  const { pairs } = hexDigits;
  return `${pairs[value >>> 24]}${pairs[(value >>> 16) & 0xff]}-${pairs[(value >>> 8) & 0xff]}${pairs[value & 0xff]}`;
}

/** The six symbols of 30 bits. */
function six(value: number): string {
  let text = '';
  for (let shift = 25; shift >= 0; shift -= 5) text += crockford.charAt((value >>> shift) & 31);
  return text;
}

function symbolsOf(alphabet: string): Symbols {
  const pairs = [...alphabet].flatMap((first) => [...alphabet].map((second) => first + second));
  return { pairs, triples: pairs.flatMap((pair) => [...alphabet].map((last) => pair + last)) };
}
