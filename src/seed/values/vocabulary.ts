import type { Faker } from '@faker-js/faker';
import { type Fakers, loadFaker } from '../faker.ts';
import { streamKey } from './streams.ts';

/** The lists of words that values are made of. */
export interface Vocabulary {
  /** The words of a list, each once whatever its case. They are the same ones for the same seed number. */
  readonly words: (list: WordList) => readonly string[];
}

/** Where a list has its words from, and which of them are plain enough. */
interface Source {
  readonly word: (faker: Faker) => string;
  readonly plain: RegExp;
}

/** How many words a list has at most: as many as it takes that pairs of them are enough, and few to ask faker for. */
const wordLimit = 64;
const attemptLimit = 1000;

const anyCase = /^[A-Za-z]{2,12}$/;
const lowerCase = /^[a-z]{3,9}$/;
const printable = /^[\x21-\x7e][\x20-\x7e]*$/;

// Accents, apostrophes and the like are hazards, and no part of a plain row.
const sources = {
  'given names': { word: ({ person }) => person.firstName(), plain: anyCase },
  'family names': { word: ({ person }) => person.lastName(), plain: anyCase },
  adjectives: { word: ({ word }) => word.adjective(), plain: lowerCase },
  nouns: { word: ({ word }) => word.noun(), plain: lowerCase },
  sentences: { word: ({ company }) => `${company.catchPhrase()}.`, plain: /^[A-Z][A-Za-z -]+\.$/ },
  'job titles': { word: ({ person }) => person.jobTitle(), plain: /^[A-Za-z ]+$/ },
  departments: { word: ({ commerce }) => commerce.department(), plain: /^[A-Za-z ]+$/ },
  cities: { word: ({ location }) => location.city(), plain: /^[A-Z][a-z]{2,14}$/ },
  streets: { word: ({ location }) => location.street(), plain: /^[A-Z][A-Za-z ]+$/ },
  countries: { word: ({ location }) => location.country(), plain: /^[A-Z][A-Za-z ]+$/ },
  'country codes': { word: ({ location }) => location.countryCode(), plain: /^[A-Z]{2}$/ },
  languages: { word: ({ location }) => location.language().alpha2, plain: /^[a-z]{2}$/ },
  'time zones': { word: ({ location }) => location.timeZone(), plain: printable },
  currencies: { word: ({ finance }) => finance.currencyCode(), plain: /^[A-Z]{3}$/ },
  'media types': { word: ({ system }) => system.mimeType(), plain: printable },
  extensions: { word: ({ system }) => system.commonFileExt(), plain: /^[a-z0-9]{2,4}$/ },
  'user agents': { word: ({ internet }) => internet.userAgent(), plain: /^Mozilla\/5\.0 \([\x20-\x7e]+$/ },
} satisfies Readonly<Record<string, Source>>;

/** The name of a list of words. */
export type WordList = keyof typeof sources;

/** The vocabulary of a seed number. A list is made when it is first asked for, which takes about a millisecond. */
export function createVocabulary(fakers: Fakers, seed: number): Vocabulary {
  const made = new Map<WordList, readonly string[]>();
  let faker: Faker | null = null;
  return {
    words: (list) => {
      const known = made.get(list);
      if (known !== undefined) return known;
      faker ??= fakers(seed, 'vocabulary');
      faker.seed(streamKey(seed, list));
      const words = wordsFrom(sources[list], faker);
      made.set(list, words);
      return words;
    },
  };
}

/** Loads faker and makes the vocabulary of a seed number. */
export async function loadVocabulary(seed: number): Promise<Vocabulary> {
  return createVocabulary(await loadFaker(), seed);
}

function wordsFrom({ word, plain }: Source, faker: Faker): string[] {
  const words = new Map<string, string>();
  for (let attempt = 0; attempt < attemptLimit && words.size < wordLimit; attempt++) {
    const candidate = word(faker);
    const folded = candidate.toLowerCase();
    if (plain.test(candidate) && !words.has(folded)) words.set(folded, candidate);
  }
  return [...words.values()];
}
