import type { Seed } from '../model/fixture.ts';

/**
 * Types a TypeScript seed: `export default defineSeed(({ insert, faker }) => { insert('users', { … }) })`.
 * @returns the function that it is given.
 */
export function defineSeed(seed: Seed): Seed {
  return seed;
}
