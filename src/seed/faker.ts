import type { Faker } from '@faker-js/faker';
import { hash } from './values/streams.ts';

/** Makes fakers: the same seed number and label give one of the same values on every machine and day. */
export type Fakers = (seed: number, label: string) => Faker;

/**
 * Loads faker's English locale, and returns a maker of fakers. It is loaded on demand, and by itself: it takes 17 ms,
 * the whole package with its 70 languages 120.
 */
export async function loadFaker(): Promise<Fakers> {
  const { faker: shared } = await import('@faker-js/faker/locale/en');
  return (seed, label) => {
    // The class itself comes with the whole package only. The faker of the locale is shared with whoever loads it too.
    const faker: Faker = Reflect.construct(shared.constructor, [{ locale: shared.rawDefinitions }]);
    faker.seed(hash(seed, label));
    // Dates such as `faker.date.past()` count from this timestamp and not from today.
    faker.setDefaultRefDate('2026-01-01T00:00:00.000Z');
    return faker;
  };
}
