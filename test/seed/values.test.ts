import { base, en, Faker } from '@faker-js/faker';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SqlValue } from '../../src/model/connection.ts';
import type { Column } from '../../src/model/schema.ts';
import { loadFaker } from '../../src/seed/faker.ts';
import { type ValueMaker, valueMaker } from '../../src/seed/values/believable.ts';
import { shuffle } from '../../src/seed/values/streams.ts';
import { createVocabulary, type Vocabulary, type WordList } from '../../src/seed/values/vocabulary.ts';
import { breadth } from '../breadth.ts';

const fakers = await loadFaker();
const vocabularies = new Map<number, Vocabulary>();

function vocabularyOf(seed: number): Vocabulary {
  const vocabulary = vocabularies.get(seed) ?? createVocabulary(fakers, seed);
  vocabularies.set(seed, vocabulary);
  return vocabulary;
}

interface Place {
  readonly table?: string;
  readonly type?: string;
  readonly default?: string;
  readonly seed?: number;
}

function columnOf(name: string, { type = 'TEXT', default: expression }: Place): Column {
  return { name, type, notNull: false, default: expression ?? null, keyPosition: 0, generated: 'no' };
}

function maker(name: string, place: Place = {}): ValueMaker {
  const { table = 'things', seed = 1 } = place;
  const column = columnOf(name, place);
  return valueMaker({ seed, table, columns: [column], column, vocabulary: vocabularyOf(seed) });
}

function distinctAt(name: string, place: Place = {}): (index: number) => SqlValue {
  return maker(name, place).distinctAt;
}

function first<T>(count: number, at: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => at(index));
}

/** As SQLite compares them: bytes by their content, and texts here without regard to case, as under NOCASE. */
function different(values: readonly SqlValue[]): number {
  return new Set(
    values.map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value).toLowerCase(),
    ),
  ).size;
}

const kinds: readonly (readonly [what: string, name: string, place: Place, form: RegExp])[] = [
  ['email addresses', 'email', {}, /^[a-z]+\.[a-z]+\d*@example\.org$/],
  ['email addresses in too few characters', 'email', { type: 'VARCHAR(10)' }, /^[a-z]+\.[a-z]+\d*@example\.org$/],
  ['people', 'full_name', {}, /^[A-Z][A-Za-z]+ [A-Z][A-Za-z]+( \d+)?$/],
  ['people by their table', 'name', { table: 'users' }, /^[A-Z][A-Za-z]+ [A-Z][A-Za-z]+( \d+)?$/],
  ['given names', 'first_name', {}, /^[A-Z][A-Za-z]+( [A-Z][A-Za-z]+( \d+)?)?$/],
  ['companies by their table', 'name', { table: 'companies' }, /^[A-Z][A-Za-z]+ and [A-Z][A-Za-z]+( \d+)?$/],
  ['cities', 'city', {}, /^[A-Z][a-z]+( [A-Z][a-z]+( \d+)?)?$/],
  ['countries', 'country', {}, /^[A-Z][A-Za-z ]+$/],
  ['countries in two letters', 'country', { type: 'CHAR(2)' }, /^[A-Z]{2}$/],
  ['streets', 'address', {}, /^\d+ [A-Z][A-Za-z ]+$/],
  ['titles', 'title', {}, /^[A-Z][a-z]+ [a-z]+( \d+)?$/],
  ['titles in little room', 'title', { type: 'VARCHAR(12)' }, /^[A-Z][A-Za-z ]{0,11}\d*$/],
  ['slugs', 'slug', {}, /^[a-z]+-[a-z]+\d*$/],
  ['addresses of pages', 'avatar_url', {}, /^https:\/\/example\.org\/[a-z]+\/[a-z]+-[a-z]+\d*$/],
  ['hosts', 'host', {}, /^[a-z]+-[a-z]+\d*\.example\.org$/],
  ['prose', 'description', {}, /^[A-Z][A-Za-z .-]+\.( \(\d+\))?$/],
  ['files', 'file_name', {}, /^[a-z]+-[a-z]+\d*\.pdf$/],
  ['UUIDs', 'uuid', {}, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
  [
    'UUIDs by their length',
    'id',
    { type: 'CHAR(36)' },
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  ],
  ['ULIDs', 'ulid', {}, /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/],
  ['identifiers', 'user_id', {}, /^user_[a-z]{6}$/],
  ['hashes', 'content_hash', {}, /^[\da-f]{64}$/],
  ['hashes of a declared length', 'content_hash', { type: 'CHAR(40)' }, /^[\da-f]{40}$/],
  ['passwords', 'password_hash', {}, /^\$2b\$12\$[\da-f]{53}$/],
  ['codes', 'code', {}, /^[A-Z]{2}-\d{4,}$/],
  ['telephone numbers', 'phone', {}, /^\+1 \d{3} 555 01\d\d( ext\. \d+)?$/],
  ['network addresses', 'ip', {}, /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$/],
  ['colours', 'color', {}, /^#[\da-f]{6}$/],
  ['versions', 'version', {}, /^\d+\.\d\.\d$/],
  ['months', 'year_month', {}, /^202[45]-(0[1-9]|1[0-2])$/],
  ['browsers', 'user_agent', {}, /^Mozilla\/5\.0 \(/],
  ['media types', 'mime_type', {}, /^[a-z]+\/[\w.+-]+$/],
  ['money as text', 'amount', {}, /^\d+$/],
  ['documents', 'settings_json', {}, /^\{"note":"[a-z]+ [a-z]+\d*"\}$/],
  ['lists', 'tags_json', {}, /^\["[a-z]+"(,"[a-z]+\d*")?\]$/],
];

describe('values have the form of their kind', () => {
  test.each(kinds)('%s', (_, name, place, form) => {
    for (const seed of [1, 2, 3]) {
      const { at } = maker(name, { ...place, seed });
      expect(first(6000, at).filter((value) => typeof value !== 'string' || !form.test(value))).toEqual([]);
    }
  });

  test('texts are printable ASCII', () => {
    const values = kinds.flatMap(([, name, place]) => first(5000, maker(name, place).at));
    expect(values.filter((value) => !/^[\x20-\x7e]+$/.test(String(value)))).toEqual([]);
  });

  test('documents are JSON', () => {
    for (const name of ['payload', 'settings_json', 'tags_json', 'metadata'])
      for (const value of first(5000, maker(name).at)) expect(JSON.parse(String(value))).toBeTypeOf('object');
  });
});

describe('moments', () => {
  const forms: readonly (readonly [name: string, place: Place, form: RegExp])[] = [
    ['created_at', {}, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/],
    ['created_at', { default: "(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))" }, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
    ['created_at', { default: "(strftime('%s', 'now'))", type: 'INTEGER' }, /^1[67]\d{8}$/],
    ['created_at', { default: "(strftime('%Y-%m-%d %H:%M:%S', 'now'))" }, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
    ['created_at', { default: 'CURRENT_TIMESTAMP' }, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
    ['created_at', { type: 'DATETIME' }, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
    ['created_at', { type: 'INTEGER' }, /^1[67]\d{8}$/],
    ['created_ms', { type: 'INTEGER', default: '(unixepoch() * 1000)' }, /^1[67]\d{8}000$/],
    ['created_on', {}, /^\d{4}-\d\d-\d\d$/],
    ['born_on', { type: 'DATE' }, /^(19[6-9]\d|200[0-8])-\d\d-\d\d$/],
    ['opens', { type: 'TIME' }, /^\d\d:\d\d:\d\d$/],
  ];

  test.each(forms)('%s %o', (name, place, form) => {
    const values = first(5000, maker(name, place).at).map(String);
    expect(values.filter((value) => !form.test(value))).toEqual([]);
    const times = values.filter((value) => value.includes('-')).map((value) => Date.parse(value.replace(' ', 'T')));
    expect(times.every((time) => time < Date.UTC(2026, 0, 1))).toBe(true);
  });

  test('rows are up to two years old, and both old and new', () => {
    const years = first(1000, maker('created_at').at).map((value) => String(value).slice(0, 4));
    expect([...new Set(years)].sort()).toEqual(['2023', '2024', '2025']);
  });

  test('a row begins before it ends', () => {
    const names = ['born_at', 'created_at', 'updated_at', 'due_at', 'expires_at'];
    const makers = names.map((name) => maker(name).at);
    for (let index = 0; index < 1000; index++) {
      const moments = makers.map((at) => String(at(index)));
      expect(moments.toSorted()).toEqual(moments);
    }
  });
});

describe('streams', () => {
  const place = fc.record({ seed: fc.constantFrom(1, 2, 3), table: fc.constantFrom('users', 'orders') });
  const names = fc.oneof(fc.constantFrom(...kinds.map(([, name]) => name)), fc.string({ maxLength: 12 }));

  test('any index may be requested in any order, and gives the same value each time', () => {
    fc.assert(
      fc.property(place, names, fc.array(fc.nat(2_000_000), { maxLength: 30 }), (where, name, indexes) => {
        const values = indexes.map((index) => maker(name, where).at(index));
        const { at } = maker(name, { ...where });
        expect(indexes.toReversed().map(at)).toEqual(values.toReversed());
      }),
    );
  });

  test('lists of words do not depend on the order of requests', () => {
    const lists: WordList[] = ['nouns', 'cities', 'given names', 'user agents'];
    const [forth, back] = [createVocabulary(fakers, 5), createVocabulary(fakers, 5)];
    const words = lists.map((list) => forth.words(list));
    expect(lists.toReversed().map((list) => back.words(list))).toEqual(words.toReversed());
  });

  test('combined lists have 64 words, and no two differ only in case', () => {
    const lists: WordList[] = ['given names', 'family names', 'adjectives', 'nouns', 'sentences', 'cities', 'streets'];
    for (let seed = 0; seed < 20; seed++) {
      for (const list of lists) expect(different(createVocabulary(fakers, seed).words(list))).toBe(64);
    }
  });

  test('another seed number, table or column gives other values', () => {
    for (const [, name, where] of kinds.filter(([, kind]) => kind !== 'version')) {
      const values = (other: Place): SqlValue[] => first(50, maker(name, { ...where, ...other }).at);
      expect(values({ seed: 2 })).not.toEqual(values({}));
      expect(values({ table: 'wholesalers' })).not.toEqual(values({}));
    }
    expect(first(50, maker('title').at)).not.toEqual(first(50, maker('subtitle_title').at));
  });

  test('the same seed number gives the same bytes everywhere', () => {
    const names = ['email', 'name', 'uuid', 'created_at', 'amount_cents', 'token', 'notes'];
    const types = names.map((name) => (name === 'amount_cents' ? 'INTEGER' : 'TEXT'));
    expect(
      names.map((name, i) => maker(name, { table: 'users', type: types[i] ?? 'TEXT' }).at(41)),
    ).toMatchInlineSnapshot(`
      [
        "jade.hyatt@example.org",
        "Kristopher Mills",
        "3ef3f01c-91c2-42a2-9223-5aac8a68023a",
        "2023-11-30T20:23:09.000Z",
        2271,
        "d1f82367df0ccca6b4fa59c2f5584711",
        "Reduced incremental function.",
      ]
    `);
  });
});

describe('no value repeats', () => {
  const types = fc.constantFrom(
    ...['TEXT', 'INTEGER', 'REAL', 'BLOB', '', 'BOOLEAN', 'DATETIME', 'DATE', 'TIME', 'JSON', 'UUID', 'DECIMAL(10, 2)'],
    ...['VARCHAR(1)', 'VARCHAR(3)', 'CHAR(8)', 'VARCHAR(12)', 'VARCHAR(40)', 'VARCHAR(255)', 'CHAR(26)', 'VARCHAR(0)'],
  );
  const telling =
    'status role key id position created_at born_on starts_on rating lat is_open code zip notes job_title';
  const names = fc.oneof(
    fc.constantFrom(...kinds.map(([, name]) => name), ...telling.split(' ')),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  );
  const tables = fc.constantFrom('users', 'countries', 'companies', 'cities', 'things');

  test('in unique columns, and where the maker promises it', () => {
    fc.assert(
      fc.property(names, types, tables, fc.integer(), (name, type, table, seed) => {
        const place = { type, table, seed: Math.abs(seed % 4) };
        expect(different(first(10_000, distinctAt(name, place)))).toBe(10_000);
        const { at, distinct } = maker(name, place);
        if (distinct) expect(different(first(10_000, at))).toBe(10_000);
      }),
      { numRuns: breadth(30, 150) },
    );
  });

  test('in so many rows that numbers of 32 bits repeat by chance', () => {
    for (const name of ['email', 'token', 'created_at', 'id', 'title', 'phone'])
      expect(new Set(first(200_000, maker(name).at)).size).toBe(200_000);
  });

  test('in texts other than the words of short lists', () => {
    const repeating = kinds.filter(([, name, place]) => !maker(name, place).distinct).map(([what]) => what);
    expect(repeating).toEqual([
      'countries',
      'countries in two letters',
      'network addresses',
      'months',
      'browsers',
      'media types',
    ]);
  });

  test('because a shuffle of numbers omits none', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 1, max: 12 }), (key, bits) => {
        const values = first(2 ** bits, shuffle(key, bits));
        expect(values.toSorted((a, b) => a - b)).toEqual(first(2 ** bits, (index) => index));
      }),
    );
  });

  test('in integers, which count from 1', () => {
    expect(first(3, distinctAt('quantity', { type: 'INTEGER' }))).toEqual([1, 2, 3]);
  });
});

test('the faker of a seed equals that of the whole package in English', () => {
  const whole = new Faker({ locale: [en, base] });
  const own = fakers(7, 'users.ts');
  whole.seed(0);
  own.seed(0);
  expect(own.person.fullName()).toBe(whole.person.fullName());
  expect(own.date.past().getTime()).toBeLessThan(Date.UTC(2026, 0, 1));
  expect(fakers(7, 'users.ts').number.int()).toBe(fakers(7, 'users.ts').number.int());
  expect(fakers(7, 'users.ts').number.int()).not.toBe(fakers(8, 'users.ts').number.int());
});
