import type { Faker } from '@faker-js/faker';
import { draw, hash } from './values/streams.ts';

/** Makes fakers: the same seed number and label give one of the same values on every machine and day. */
export type Fakers = (seed: number, label: string) => Faker;

/**
 * Loads faker's English locale, and returns a maker of fakers. It is loaded on demand, and by itself: it takes 17 ms,
 * the whole package with its 70 languages 120.
 */
export async function loadFaker(): Promise<Fakers> {
  const { faker: shared } = await import('@faker-js/faker/locale/en');
  return (seed, label) => {
    const faker = likeIt(shared, {});
    faker.seed(hash(seed, label));
    return faker;
  };
}

/**
 * Makes a faker that is cheap to seed: its own generator takes 30 µs to be seeded, one that counts takes none. The
 * function that is returned gives the faker, seeded with a number of 32 bits.
 */
export function reseedingFaker(fakers: Fakers): (key: number) => Faker {
  let stream = 0;
  let drawn = 0;
  const bits = (count: number): number => draw(stream, drawn++) >>> (32 - count);
  const randomizer = {
    // A double has 53 bits.
    next: () => (bits(26) * 2 ** 27 + bits(27)) / 2 ** 53,
    seed: (key: number | readonly number[]) => {
      stream = [key].flat().reduce(draw);
      drawn = 0;
    },
  };
  const faker = likeIt(fakers(0, ''), { randomizer });
  return (key) => {
    faker.seed(key);
    return faker;
  };
}

/** Another faker of the same locale. The class itself comes with the whole package only, and the given one is shared. */
function likeIt(given: Faker, options: object): Faker {
  const faker: Faker = Reflect.construct(given.constructor, [{ locale: given.rawDefinitions, ...options }]);
  // Dates such as `faker.date.past()` count from this timestamp and not from today.
  faker.setDefaultRefDate('2026-01-01T00:00:00.000Z');
  return faker;
}
