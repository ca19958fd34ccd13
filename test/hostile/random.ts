/** A stream of choices that is the same for the same seed on every machine. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** True `share` of the times. */
  chance(share: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** One of `list` by its weight. */
  weighted<T>(list: readonly (readonly [weight: number, item: T])[]): T;
  /** The results of `make`, `min` to `max` times. */
  times<T>(min: number, max: number, make: (index: number) => T): T[];
  /** The same things in another order. */
  shuffled<T>(list: readonly T[]): T[];
}

/** Makes the stream of a seed and a place in a suite; another place gives another stream. https://prng.di.unimi.it/splitmix64.c */
export function randomOf(seed: number, ...place: readonly (string | number)[]): Random {
  let state = place.map(String).reduce(hash, seed >>> 0);
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(list: readonly [T, ...T[]]): T => list[int(0, list.length - 1)] ?? list[0];
  return {
    int,
    pick,
    chance: (share) => next() < share,
    weighted: (list) => {
      let left = next() * list.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, item] of list) {
        left -= weight;
        if (left < 0) return item;
      }
      throw new Error('There is nothing to choose from.');
    },
    times: (min, max, make) => Array.from({ length: int(min, max) }, (_, index) => make(index)),
    shuffled: (list) =>
      list
        .map((item) => ({ item, key: next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item),
  };
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(state: number, text: string): number {
  let mixed = (state ^ 0x811c9dc5) >>> 0;
  for (const unit of text) mixed = Math.imul(mixed ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return mixed;
}
