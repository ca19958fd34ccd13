let state = 0;

/**
 * Makes chance give the same numbers in every step, so that two runs of a migration are alike: knex draws the names of its
 * temporary tables, which findings quote. The numbers are those of mulberry32.
 */
export function drawAgain(): void {
  state = 0x9e3779b9;
  Math.random = random;
}

function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
