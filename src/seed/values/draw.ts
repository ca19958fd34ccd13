/** A source of choices that always makes the same ones for the same seed number and names. */
export interface Draw {
  /** One of `list`. */
  pick<T>(list: readonly [T, ...T[]]): T;
  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** `length` characters out of `alphabet`. */
  text(length: number, alphabet: string): string;
}

/**
 * Makes the choices for the value that `names` stand for. They depend on the seed number and the names and on nothing
 * else, so that a new table or column changes no value elsewhere.
 */
export function drawFor(seed: number, ...names: readonly string[]): Draw {
  let state = hash(`${seed}\u0000${names.join('\u0000')}`);
  const next = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    return scramble(state) % limit;
  };
  return {
    pick: (list) => list[next(list.length)] ?? list[0],
    integer: (min, max) => min + next(max - min + 1),
    text: (length, alphabet) => Array.from({ length }, () => alphabet.charAt(next(alphabet.length))).join(''),
  };
}

/** FNV-1a over UTF-16 code units. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** The finaliser of MurmurHash3, which spreads a counter over 32 bits. https://github.com/aappleby/smhasher */
function scramble(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
