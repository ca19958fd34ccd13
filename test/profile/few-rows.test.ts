/** A profile tells a reader nothing about few rows, except that there are some. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../../src/model/profile.ts';
import { printProfile } from '../../src/profile/print.ts';
import { breadth } from '../breadth.ts';
import { captured, table } from './capturing.ts';

const atLeast = 5;

const capture = (sql: string, more: Parameters<typeof captured>[1] = {}): Profile =>
  captured(sql, { atLeast, ...more });

/** `count` rows as a table of numbers from 1 on. */
const numbered = (count: number): string =>
  `(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${count}) SELECT n FROM c)`;

describe('a tiny table', () => {
  const schema = `CREATE TABLE plans (id INTEGER PRIMARY KEY AUTOINCREMENT, salary INTEGER DEFAULT 85000, born TEXT, doc TEXT, UNIQUE (born, salary));
    CREATE TABLE staff (id INTEGER PRIMARY KEY, plan INTEGER REFERENCES plans(id));
    INSERT INTO staff SELECT n, 1 FROM ${numbered(40)};`;
  const row = (n: number): string => `INSERT INTO plans VALUES (${n}, 85000, '1985-07-14', '{"id":${n}}');`;

  test('is reported as tiny and nothing else', () => {
    const { rows, tiny, rowids, sequenceAhead, columns, keys } = table(capture(schema + row(1)), 'plans');
    expect({ rows, tiny, rowids, sequenceAhead }).toEqual({ rows: 4, tiny: true, rowids: null, sequenceAhead: null });
    expect(
      columns.every(({ numbers, texts, isDefault }) => numbers === null && texts === null && isDefault === null),
    ).toBe(true);
    expect(keys).toEqual([
      { columns: ['born', 'salary'], indexes: ['sqlite_autoindex_plans_1'], nulls: 0, duplicates: null },
    ]);
  });

  test('reads the same with one row and with four, with any values', () => {
    const all = [1, 2, 3, 4].map((n) =>
      capture(
        schema +
          [1, 2, 3, 4]
            .slice(0, n)
            .map((i) => `INSERT INTO plans VALUES (${i}, ${n * i * 977}, 'b${i}', NULL);`)
            .join(''),
      ),
    );
    const plans = all.map((profile) => JSON.stringify(table(profile, 'plans')));
    expect(new Set(plans).size).toBe(1);
    expect(table(capture(schema), 'plans')).toMatchObject({ rows: 0, tiny: false });
  });
});

describe('a trait of one row reads like a trait of four', () => {
  const schema = `CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT);
    CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER DEFAULT 7, b TEXT, d TEXT, p INTEGER REFERENCES p(id), q INTEGER, UNIQUE (b, a));
    INSERT INTO p SELECT n, 'code' FROM ${numbered(300)};
    INSERT INTO t SELECT n, n + 100, 'text ' || n, '{"k":1,"l":"x"}', n % 300 + 1, 5 FROM ${numbered(1000)};`;
  /** A change of the first `n` rows. */
  const changes: Readonly<Record<string, (n: number) => string>> = {
    null: (n) => `UPDATE t SET b = NULL WHERE id <= ${n}`,
    default: (n) => `UPDATE t SET a = 7 WHERE id <= ${n}`,
    zero: (n) => `UPDATE t SET q = 0 WHERE id <= ${n}`,
    'a number of its own': (n) => `UPDATE t SET q = 123456 WHERE id <= ${n}`,
    'a text among numbers': (n) => `UPDATE t SET q = 'many' WHERE id <= ${n}`,
    'an empty text': (n) => `UPDATE t SET d = '' WHERE id <= ${n}`,
    'padded text': (n) => `UPDATE t SET d = ' x ' WHERE id <= ${n}`,
    'a moment': (n) => `UPDATE t SET d = '1985-07-14' WHERE id <= ${n}`,
    'broken JSON': (n) => `UPDATE t SET d = '{"k":' WHERE id <= ${n}`,
    'a key of JSON': (n) => `UPDATE t SET d = '{"k":1,"l":"x","b":2}' WHERE id <= ${n}`,
    'a type of JSON': (n) => `UPDATE t SET d = '{"k":true,"l":"x"}' WHERE id <= ${n}`,
    'a long list in JSON': (n) => `UPDATE t SET d = '{"k":[${Array(60).fill(1).join()}],"l":"x"}' WHERE id <= ${n}`,
    'a blob': (n) => `UPDATE t SET d = x'00ff' WHERE id <= ${n}`,
    'another spelling': (n) => `UPDATE t SET b = 'TEXT ' || (id + 500) WHERE id <= ${n}`,
    'a member of a small set': (n) => `UPDATE p SET code = 'rare' WHERE id <= ${n}`,
    'an orphan of one parent': (n) => `UPDATE t SET p = 999 WHERE id <= ${n}`,
  };

  test.each(Object.entries(changes))('%s', (kind, change) => {
    const told = [1, 2, 3, 4].map((n) => capture(`${schema} ${change(n)};`, { keepValues: ['p.code'] }));
    // The default of one is what a group has: groups are told by bars, whose counts are those of many rows.
    const without = told.map((profile) => JSON.stringify(profile.tables.map(withoutCounts)));
    expect(without.slice(1).map((text) => JSON.parse(text))).toEqual(Array(3).fill(JSON.parse(without[0] ?? '')));
    // That there are such rows is told: it is what a profile is for.
    if (!['a key of JSON', 'a type of JSON', 'a long list in JSON'].includes(kind))
      expect(without[0]).not.toBe(
        JSON.stringify(capture(schema, { keepValues: ['p.code'] }).tables.map(withoutCounts)),
      );
  });
});

/** A table without the numbers of its groups, each of which is of many rows. */
function withoutCounts({ columns, keys, foreignKeys, ...rest }: Profile['tables'][number]): object {
  const plain = ({ duplicates: _, ...others }: object & { duplicates?: unknown }): object => others;
  return {
    ...rest,
    columns: columns.map(plain),
    keys: keys.map(plain),
    foreignKeys: foreignKeys.map(({ children: _, missingParents: __, ...others }) => others),
  };
}

test('every number of groups is of enough rows', () => {
  const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 30 })), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(sizes, fc.nat(4), (groups, nulls) => {
      let value = 0;
      const values = groups.flatMap(([size, count]) =>
        Array.from({ length: count }, () => {
          value += 1;
          return Array<number>(size).fill(value);
        }).flat(),
      );
      const rows = [...values.map(String), ...Array<string>(nulls).fill('NULL')];
      const { duplicates, storage } = table(
        capture(`CREATE TABLE t (c); INSERT INTO t VALUES ${rows.map((each) => `(${each})`).join()};`),
        't',
      ).columns[0] ?? { duplicates: null };
      if (duplicates === null) return;
      for (const { to, count } of duplicates.sizes) expect(to * count).toBeGreaterThanOrEqual(atLeast);
      if (duplicates.largest > 1) expect(duplicates.largest).toBeGreaterThanOrEqual(Math.min(2, atLeast));
      // Of 1 to 4 NULLs it is not told how many there are, not even by what is left.
      const all = duplicates.sizes.length === 1 && duplicates.sizes[0]?.to === 1;
      if (all && nulls > 0 && storage !== undefined && rows.length >= 2 * atLeast)
        expect((rows.length - duplicates.distinct) % atLeast).toBe(0);
    }),
    { numRuns: breadth(60, 300) },
  );
});

describe('no bound is a value', () => {
  const values = fc.oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    // Round ones, which rounding to digits would leave as they are.
    fc
      .tuple(fc.constantFrom(1, 2, 5, 85, 25), fc.integer({ min: 0, max: 9 }), fc.constantFrom(1, -1))
      .map(([a, b, sign]) => sign * a * 10 ** b),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
  );

  test('of a number, a rowid, a length or a month', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: atLeast, maxLength: 30 }), (numbers) => {
        const months = numbers.map((n) =>
          new Date((Math.abs(Math.trunc(n)) % 20_000) * 86_400_000).toISOString().slice(0, 10),
        );
        const rows = numbers.map(
          (n, i) => `(${i * i + 1}, ${n}, '${months[i]}', '${'x'.repeat(Math.abs(Math.trunc(n)) % 300)}')`,
        );
        const { columns, rowids } = table(
          capture(
            `CREATE TABLE t (id INTEGER PRIMARY KEY, n, day TEXT, word TEXT); INSERT OR IGNORE INTO t VALUES ${rows.join()};`,
          ),
          't',
        );
        const [, n, day, word] = columns;
        for (const bound of [n?.numbers?.min, n?.numbers?.max]) expect(numbers).not.toContain(bound);
        for (const bound of [rowids?.min, rowids?.max]) expect(numbers.map((_, i) => i * i + 1)).not.toContain(bound);
        const { oldest, newest } = day?.texts?.span ?? {};
        for (const bound of [oldest, newest]) expect(months.map((text) => text.slice(0, 7))).not.toContain(bound);
        const lengths = numbers.map((each) => Math.abs(Math.trunc(each)) % 300).filter((length) => length > 0);
        if (Math.min(...lengths) < Number.POSITIVE_INFINITY) {
          const { min = -1, max = -1 } = word?.texts?.length ?? {};
          expect(Math.max(...lengths)).toBeLessThan(max);
          expect(min === 0 || Math.min(...lengths) > min).toBe(true);
        }
      }),
      { numRuns: breadth(40, 200) },
    );
  });

  test('of the moments of few rows, which have no span', () => {
    const spans = (moments: number): unknown => {
      const sql = `CREATE TABLE t (day TEXT, at INTEGER); INSERT INTO t SELECT 'word' || n, n FROM ${numbered(100)};
        UPDATE t SET day = '1985-07-14', at = 1489196800 WHERE rowid <= ${moments};`;
      return table(capture(sql), 't').columns.map(({ texts, numbers }) => (texts ?? numbers)?.span ?? null);
    };
    expect(spans(4)).toEqual([null, null]);
    expect(spans(5)).toEqual([
      { oldest: '1985-01', newest: '1985-12' },
      { oldest: '2017-01', newest: '2017-12' },
    ]);
  });

  test('of five rows that all hold one value', () => {
    const text = printProfile(
      capture(`CREATE TABLE t (salary INTEGER, born TEXT, at INTEGER);
        INSERT INTO t SELECT 85000, '1985-07-14', 489196800 + 1000000000 FROM ${numbered(5)};`),
    );
    expect(text).not.toMatch(/85000|1985-07|1489196800/);
    expect(text).toMatch(/"min": 50000,\s+"max": 100000,/);
  });
});
