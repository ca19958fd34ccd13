import { type Input, type Kind, secret } from '../input.ts';
import type { Random } from '../random.ts';
import { ledgerOf } from './ledger.ts';
import { literalOf } from './values.ts';

const tables = `CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, total REAL DEFAULT 0, made_at TEXT);
CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, a_id INTEGER REFERENCES a(id), body TEXT, UNIQUE (a_id, body));
`;
const later = 'CREATE UNIQUE INDEX by_name ON a (name);\n';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const bar = (from: number, to: number, count: number): Json => ({ from, to, count });
const lengths = { min: 0, p50: 5, p95: 9, max: 12 };

/** A profile that is taken, to be changed in places. */
function profileOf(random: Random): Json {
  const rows = random.int(0, 40);
  const column = (name: string, storage: Record<string, number>, more: Record<string, Json> = {}): Json => ({
    ...{
      name,
      storage: { null: 0, integer: 0, real: 0, text: 0, blob: 0, ...storage },
      isDefault: null,
      duplicates: null,
    },
    ...{ caseVariants: 0, numbers: null, texts: null, blobs: null, values: null, ...more },
  });
  const numbers = { min: 0, max: 100, zero: 0, negative: 0, integral: 1, unsafe: 0, formats: {}, span: null };
  const texts = {
    empty: 0,
    length: lengths,
    nonAscii: 0,
    upperCase: 0,
    outerSpace: 0,
    numeric: 0,
    leadingZero: 0,
    formats: { email: 0.5 },
    span: null,
    json: null,
  };
  const json = {
    valid: 0.5,
    malformed: 0.1,
    types: { object: 1 },
    paths: [{ path: '$.a', share: 1, types: { integer: 1 } }],
  };
  return {
    rowproof: '0.1.0',
    profileVersion: 1,
    source: {
      ledgerVersion: random.int(0, 2),
      at: null,
      userVersion: 0,
      applicationId: 0,
      sqliteVersion: null,
      pageSize: 4096,
      pageCount: 3,
      freePages: 0,
      encoding: 'UTF-8',
      journalMode: 'wal',
      autoVacuum: 'none',
    },
    atLeast: 5,
    tables: [
      {
        ...{ name: 'a', rows, sampled: null, rowids: { min: 1, max: 100, gaps: 0.1 }, sequenceAhead: null },
        columns: [
          column(
            'id',
            { integer: 1 },
            { numbers, duplicates: { distinct: rows, sizes: [bar(1, 1, rows)], largest: 1 } },
          ),
          column(
            'name',
            { null: 0.2, text: 0.8 },
            { texts: { ...texts, json }, duplicates: { distinct: 3, sizes: [bar(1, 9, 3)], largest: 9 } },
          ),
          column('total', { real: 0.5, null: 0.5 }, { numbers, isDefault: 0.5 }),
          column(
            'made_at',
            { text: 1 },
            { texts: { ...texts, formats: { 'iso-datetime': 1 }, span: { oldest: '2020-01', newest: '2026-03' } } },
          ),
        ],
        keys: [],
        foreignKeys: [],
      },
      {
        ...{ name: 'b', rows, sampled: null, rowids: { min: 1, max: 100, gaps: 0 }, sequenceAhead: 3 },
        columns: [
          column('id', { integer: 1 }, { numbers }),
          column('a_id', { integer: 0.9, null: 0.1 }, { numbers }),
          column(
            'body',
            { text: 0.5, blob: 0.5 },
            {
              texts,
              blobs: { empty: 0.1, length: lengths, jsonb: 0.1 },
              values: { members: [{ value: 'x', storage: 'text', share: 0.5 }], other: 0.5, others: 2 },
            },
          ),
        ],
        keys: [{ columns: ['a_id', 'body'], indexes: ['x'], nulls: 1, duplicates: null }],
        foreignKeys: [
          {
            columns: ['a_id'],
            parent: 'a',
            parentColumns: ['id'],
            nulls: 0.1,
            orphans: 1,
            orphanShare: 0.1,
            missingParents: 1,
            children: [bar(0, 0, 3), bar(1, 4, 5)],
            most: 4,
          },
        ],
      },
    ],
    unread: [{ table: 'f', reason: 'x' }],
  };
}

const odd: readonly [Json, ...Json[]] = [
  null,
  true,
  0,
  1,
  -1,
  0.5,
  2,
  1e308,
  -1e308,
  5e-324,
  2 ** 53,
  2 ** 63,
  1e21,
  '',
  'x',
  'a',
  'b',
  '2024-13',
  '0000-01',
  '9999-12',
  '$',
  '$.a.b[0]',
  '$[',
  [],
  {},
  [[]],
  [null],
  { a: 1 },
  'INTEGER',
  'id',
  '__proto__',
  'constructor',
  '\u202e',
  'x'.repeat(3000),
  12345678901234,
];

/** Changes one place of a document. */
function changed(random: Random, value: Json, depth = 0): Json {
  if (typeof value !== 'object' || value === null || (depth > 1 && random.chance(0.12)))
    return changedLeaf(random, value);
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    const i = random.int(0, Math.max(0, items.length - 1));
    return random.weighted<readonly Json[]>([
      [8, items.map((item, place) => (place === i ? changed(random, item, depth + 1) : item))],
      [1, items.toSpliced(i, 1)],
      [1, [...items, ...items]],
      [1, items.toReversed()],
    ]);
  }
  const entries = Object.entries(value);
  const i = random.int(0, Math.max(0, entries.length - 1));
  return random.weighted<Json>([
    [
      12,
      Object.fromEntries(
        entries.map(([key, item], place) => [key, place === i ? changed(random, item, depth + 1) : item]),
      ),
    ],
    [1, Object.fromEntries(entries.toSpliced(i, 1))],
    [0.3, { ...value, nobody: random.pick(odd) }],
  ]);
}

function changedLeaf(random: Random, value: Json): Json {
  if (typeof value === 'number' && random.chance(0.7)) {
    return random.pick([
      0,
      1,
      value + 1,
      value * 2,
      value / 2,
      -value,
      1 - value,
      value * 1000,
      1e15,
      2 ** 63,
      1e300,
      0.0001,
      0.9999,
    ] as const);
  }
  return random.pick(odd);
}

/** Profiles that were edited by hand, or by an enemy; and profiles of odd rows. */
export const profiles: Kind = {
  name: 'profiles',
  tries: { worker: 900, command: 8 },
  generate: (random): Input => (random.chance(0.75) ? edited(random) : captured(random)),
};

function edited(random: Random): Input {
  let profile = profileOf(random);
  for (const _ of random.times(0, 3, () => 0)) profile = changed(random, profile);
  const text = random.weighted<string>([
    [20, JSON.stringify(profile)],
    [1, `\ufeff${JSON.stringify(profile)}`],
    [1, JSON.stringify(profile).slice(0, random.int(0, 500))],
    [1, '['.repeat(random.int(1, 20000))],
    [1, `{"__proto__":${JSON.stringify(profile)}}`],
    [1, ''],
  ]);
  return {
    files: { 'm/1_a.sql': tables, 'm/2_b.sql': later, 'seeds/production.profile.json': text },
    args: [
      'check',
      'm',
      '--rows',
      '3',
      '--dataset',
      random.pick(['profile', 'profile', 'profile,awkward'] as const),
      ...(random.chance(0.7)
        ? ['--scale', random.pick(['0.001', '0.1', '0.5', '1', '2'] as const)]
        : ['--scale', '0.01']),
    ],
  };
}

function captured(random: Random): Input {
  const rows = random.times(
    0,
    12,
    (i) =>
      `INSERT OR IGNORE INTO a VALUES (${random.chance(0.7) ? String(i + 1) : literalOf(random)}, ${literalOf(random)}, ${literalOf(random)}, ${literalOf(random)})`,
  );
  const more = random.times(
    0,
    12,
    () =>
      `INSERT OR IGNORE INTO b (a_id, body) VALUES (${literalOf(random)}, ${random.chance(0.5) ? `'${secret}'` : literalOf(random)})`,
  );
  const flags = random.weighted<string[]>([
    [6, []],
    [
      1,
      [
        '--keep-values',
        random.pick(['a.total', 'gone.x', 'a', '.', '', 'a.gone', 'a.total,a.total', 'a.total.x'] as const),
      ],
    ],
    [1, ['--keep-keys', random.pick(['a.name', 'gone.x', 'b.body', ','] as const)]],
    [1, ['--at-least', random.pick(['0', '1', '2', '9007199254740991', '9007199254740992'] as const)]],
    [1, ['--at', '1']],
  ]);
  return {
    files: {
      'm/1_a.sql': tables,
      'm/2_b.sql': later,
      'p.db': { kind: 'database', sql: [tables, 'PRAGMA foreign_keys = OFF', ...rows, ...more, ...ledgerOf([1])] },
    },
    args: ['profile', '--db', 'p.db', ...(random.chance(0.7) ? ['m'] : []), ...flags],
    secrets: true,
  };
}
