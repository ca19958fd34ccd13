import type { Faker } from '@faker-js/faker';

/**
 * Loads faker and returns a maker of fakers: the same seed number and label give the same values on every machine and
 * day. It is loaded on demand, because that takes longer than a small run.
 */
export async function loadFaker(): Promise<(seed: number, label: string) => Faker> {
  const { Faker, base, en } = await import('@faker-js/faker');
  return (seed, label) => {
    const faker = new Faker({ locale: [en, base], seed: mix(seed, label) });
    // Dates such as `faker.date.past()` count from this moment and not from today.
    faker.setDefaultRefDate('2026-01-01T00:00:00.000Z');
    return faker;
  };
}

/** One 32-bit number out of a seed number and a label (FNV-1a), so that files do not share a stream. */
export function mix(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
