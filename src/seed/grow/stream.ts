/** Random 32-bit numbers by index, in any order; `attempt` gives another one at the same index. */
export type Stream = (index: number, attempt: number) => number;

/** The stream of a seed number and names: no other names change what it gives. */
export function streamFor(seed: number, ...names: readonly string[]): Stream {
  const base = hash(`${seed}\u0000${names.join('\u0000')}`);
  return (index, attempt) => scramble(base + Math.imul(index, 0x9e3779b9) + Math.imul(attempt, 0x85ebca77));
}

/** A number of a stream as a fraction from 0 to below 1. */
export function fraction(bits: number): number {
  return bits / 0x1_0000_0000;
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
