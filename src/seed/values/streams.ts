/**
 * The key of the stream that `names` stand for. It depends on the seed number and the names and on nothing else, so that
 * a new table or column changes no value elsewhere.
 */
export function streamKey(seed: number, ...names: readonly string[]): number {
  return scramble(hash(seed, names.join('\u0000')));
}

/**
 * One 32-bit number out of a seed number and a text (FNV-1a over UTF-16). http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function hash(seed: number, text: string): number {
  let value = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

/**
 * The number at `index` of a stream, of 32 bits. Each is made from the index alone, so they may be asked in any
 * order.
 */
export function draw(key: number, index: number): number {
  return scramble((key + Math.imul(index, 0x9e3779b9)) >>> 0);
}

/**
 * The number that stands in for `draw(key, index)` where that one was no good: another one for each further attempt.
 */
export function redraw(key: number, index: number, attempt: number): number {
  return draw(key + Math.imul(attempt, 0x85ebca77), index);
}

/** A number of a stream as a fraction from 0 to below 1. */
export function fraction(bits: number): number {
  return bits / 0x1_0000_0000;
}

/** The finaliser of MurmurHash3, which spreads a counter over 32 bits. https://github.com/aappleby/smhasher */
function scramble(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * A shuffle of the numbers of `bits` bits, 32 at most: no two of the first 2^bits indexes get the same one, where numbers
 * that are drawn repeat after about the square root of that. Each step can be undone: an addition, a product with an odd
 * number, and a shift of the upper half onto the lower.
 */
export function shuffle(key: number, bits: number): (index: number) => number {
  const mask = bits === 32 ? -1 : (1 << bits) - 1;
  const half = (bits + 1) >> 1;
  const odd = scramble(key) | 1;
  return (index) => {
    let value = (index + key) & mask;
    value = Math.imul(value ^ (value >>> half), 0x9e3779b1) & mask;
    value = Math.imul(value ^ (value >>> half), odd) & mask;
    return (value ^ (value >>> half)) >>> 0;
  };
}

/** Another place from 0 to `size` - 1 for every index in that range, in no order that means anything. */
export function shuffledPlaces(key: number, size: number): (index: number) => number {
  if (size < 2) return (index) => index;
  const place = shuffle(key, 32 - Math.clz32(size - 1));
  return (index) => {
    // A place beyond is shuffled again until it lies inside: the whole stays a shuffle, and two turns are enough on
    // average.
    let at = place(index);
    while (at >= size) at = place(at);
    return at;
  };
}
