/** A number from 0 to 1 for each place in a list, the same for the same seed. https://prng.di.unimi.it/splitmix64.c, of 32 bits */
export function chance(seed: number, place: number): number {
  let mixed = (Math.imul(seed, 0x9e3779b9) + Math.imul(place + 1, 0x85ebca6b)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
