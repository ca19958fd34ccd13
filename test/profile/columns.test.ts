import { describe, expect, test } from 'vitest';
import { captured, column, table } from './capturing.ts';

describe('storage', () => {
  test('shares of each storage class', () => {
    const { storage } = column(['NULL', '1', '2', '2.5', `'x'`, `''`, `x''`, 'NULL']);
    expect(storage).toEqual({ null: 0.25, integer: 0.25, real: 0.125, text: 0.25, blob: 0.125 });
  });

  test('an empty table has shares of 0 and no shapes', () => {
    expect(column([])).toMatchObject({
      storage: { null: 0, integer: 0, real: 0, text: 0, blob: 0 },
      duplicates: null,
      numbers: null,
      texts: null,
      blobs: null,
    });
  });

  test.each([
    [`DEFAULT 'new'`, 0.5],
    [`DEFAULT ('new')`, 0.5],
    [`DEFAULT 'what?'`, 0.25],
    ['DEFAULT -7', 0],
    ['DEFAULT NULL', null],
    ['DEFAULT CURRENT_TIMESTAMP', null],
    [`DEFAULT ('n' || 'ew')`, null],
    ['', null],
  ])('%s is the share of rows that hold it', (type, expected) => {
    expect(column([`'new'`, `'new'`, `'what?'`, 'NULL'], { type }).isDefault).toBe(expected);
  });

  test('a numeric default under the affinity of the column', () => {
    expect(column(['-7', '-7.0', '7'], { type: 'INTEGER DEFAULT -7' }).isDefault).toBe(0.6667);
  });
});

describe('duplicates', () => {
  test('groups by their number of rows', () => {
    const values = ['1', '2', '2', '3', '3', '3', '4', '4', '4', '4', ...Array<string>(7).fill('5'), 'NULL', 'NULL'];
    expect(column(values).duplicates).toEqual({
      distinct: 5,
      sizes: [
        { from: 1, to: 1, count: 1 },
        { from: 2, to: 2, count: 1 },
        { from: 3, to: 4, count: 2 },
        { from: 5, to: 8, count: 1 },
      ],
      largest: 7,
    });
  });

  test('are those that UNIQUE compares, and case variants are counted separately', () => {
    const values = [`'Ada'`, `'ada'`, `'ADA'`, `'Bo'`, `'Bo'`, `'é'`, `'É'`];
    expect(column(values)).toMatchObject({ duplicates: { distinct: 6 }, caseVariants: 1 });
    expect(column(values, { type: 'TEXT COLLATE NOCASE' })).toMatchObject({
      duplicates: { distinct: 4 },
      caseVariants: 1,
    });
    expect(column([`'A'`, `'B'`])).toMatchObject({ caseVariants: 0 });
  });
});

describe('numbers', () => {
  test('bounds and shares', () => {
    expect(column(['-12', '0', '3.5', '4.0', '123456', `'99'`, 'NULL', '9e999']).numbers).toEqual({
      min: -20,
      max: 200000,
      zero: 0.1667,
      negative: 0.1667,
      integral: 0.8333,
      unsafe: 0,
      formats: { boolean: 0.1667 },
      span: null,
    });
  });

  test('the largest and smallest integers', () => {
    expect(column(['9223372036854775807', '-9223372036854775808', '9007199254740992', '1']).numbers).toMatchObject({
      min: -1e19,
      max: 1e19,
      unsafe: 0.5,
    });
  });

  test('moments in seconds and milliseconds, by their month', () => {
    const { numbers } = column(['1709251200', '1735689599', '1709251199999', '5']);
    expect(numbers).toMatchObject({
      formats: { 'epoch-seconds': 0.5, 'epoch-milliseconds': 0.25 },
      span: { oldest: '2024-01', newest: '2025-12' },
    });
  });
});

describe('texts', () => {
  test('lengths are those of characters, and middle ones are of values', () => {
    const values = Array.from({ length: 20 }, (_, i) => `'${'x'.repeat(i + 1)}'`);
    expect(column(values).texts?.length).toEqual({ min: 0, p50: 10, p95: 19, max: 50 });
    const same = (text: string) => column(Array<string>(20).fill(`'${text}'`)).texts?.length;
    expect(same('x'.repeat(1234))).toEqual({ min: 1000, p50: 1300, p95: 1300, max: 2000 });
    expect(same('🗄é')).toEqual({ min: 1, p50: 2, p95: 2, max: 5 });
    // No value stands for the middle of one, or for what few are longer than.
    expect(column([`'${'x'.repeat(1234)}'`]).texts?.length).toEqual({ min: 1000, p50: 1500, p95: 2000, max: 2000 });
  });

  test('the characters of texts are counted', () => {
    const values = [`''`, `'Ada'`, `'ß'`, `' x'`, `'x' || char(10)`, `'007'`, `'-1.5e3'`, `'1'`];
    expect(column(values).texts).toMatchObject({
      empty: 0.125,
      upperCase: 0.125,
      nonAscii: 0.125,
      outerSpace: 0.25,
      numeric: 0.375,
      leadingZero: 0.125,
    });
  });

  test.each([
    ['uuid', '0b0e1c52-3b6f-4f0e-9f57-0b8e6a0f9c11'],
    ['email', 'ada@example.com'],
    ['email', 'root@localhost'],
    ['url', 'https://example.com/a?b=c'],
    ['iso-datetime', '2024-03-09T12:00:00.123Z'],
    ['iso-datetime', '2024-03-09T12:00+02:00'],
    ['sqlite-datetime', '2024-03-09 12:00:00'],
    ['iso-date', '2024-03-09'],
    ['boolean', '1'],
    ['integer', '-42'],
    ['integer', '007'],
    ['hex', 'deadbeef00'],
    ['slug', 'my-first-post'],
    ['slug', 'word'],
    ['base64', 'SGVsbG8gV29ybGQ5MQ=='],
    ['json', '{"a": 1}'],
    ['json', ' [1]'],
  ])('%s: %s', (format, text) => {
    expect(column([`'${text}'`]).texts?.formats).toEqual({ [format]: 1 });
  });

  test.each(['', 'Hello, world', '2024-13-09', '{"a":', 'a@b@c', '555-1234', 'x'.repeat(3000)])(
    'free text: %s',
    (text) => {
      expect(column([`'${text}'`]).texts?.formats).toEqual({});
    },
  );

  test('moments by their year, odd years at the end of the range', () => {
    const spanOf = (...texts: string[]) => column(texts.map((text) => `'${text}'`)).texts?.span;
    expect(spanOf('2024-03-09', '2023-01-31T00:00:00Z', '2024-12-31 23:59:59')).toEqual({
      // From before the January to after the December, which are months of rows.
      oldest: '2022-01',
      newest: '2025-12',
    });
    expect(spanOf('0001-01-01', '9999-12-31')).toEqual({ oldest: '1900-01', newest: '2100-12' });
  });
});

describe('blobs', () => {
  test('lengths in bytes, empty ones and JSONB', () => {
    expect(column([`x''`, `x'00ff'`, `jsonb('{"a":[1,2]}')`, `'text'`]).blobs).toEqual({
      empty: 0.3333,
      length: { min: 0, p50: 2, p95: 10, max: 10 },
      jsonb: 0.3333,
    });
  });
});

describe('JSON', () => {
  const six = (document: string): string[] => Array<string>(6).fill(`'${document}'`);

  test('validity and types', () => {
    const values = [`'{"a":1}'`, `'[]'`, `'{broken'`, `'17'`, `'plain'`];
    expect(column(values).texts?.json).toMatchObject({
      valid: 0.6,
      malformed: 0.2,
      types: { array: 0.33, integer: 0.33, object: 0.33 },
    });
    expect(column([`'17'`, `'plain'`]).texts?.json).toBeNull();
  });

  test('paths with the keys that --keep-keys names', () => {
    const values = [...six('{"kind":"x","steps":[{"n":1},{"n":2.5,"a b":null}]}'), ...six('{"kind":true}')];
    expect(column(values, { keepKeys: ['t.c'] }).texts?.json?.paths).toEqual([
      { path: '$.kind', share: 1, types: { boolean: 0.5, text: 0.5 } },
      { path: '$.steps', share: 0.5, types: { array: 1 } },
      { path: '$.steps[*]', share: 0.5, types: { object: 1 } },
      { path: '$.steps[*]."a b"', share: 0.5, types: { null: 1 } },
      { path: '$.steps[*].n', share: 0.5, types: { integer: 0.5, real: 0.5 } },
    ]);
  });

  test('keys that are no names of the application are counted as one', () => {
    expect(column(six('{"x":1,"y":{"z":"q"}}')).texts?.json?.paths).toEqual([
      { path: '$.*', share: 1, types: { integer: 0.5, object: 0.5 } },
      { path: '$.*.*', share: 1, types: { text: 1 } },
    ]);
  });

  test('keys are names when the schema or a migration reads them', () => {
    const sql = `CREATE TABLE t (doc TEXT, email TEXT, k AS (json_extract(doc, '$.order."the id"')));
      CREATE INDEX by_tag ON t (doc ->> 'tag');
      ${'INSERT INTO t (doc) VALUES (\'{"order":{"the id":1},"tag":2,"email":3,"total":4,"other":5}\');'.repeat(5)}`;
    const paths = (migrations: string[]): unknown =>
      table(captured(sql, { migrations }), 't').columns[0]?.texts?.json?.paths.map(({ path }) => path);
    expect(paths([])).toEqual(['$.*', '$.email', '$.order', '$.order."the id"', '$.tag']);
    expect(paths([`UPDATE t SET doc = json_set(doc, '$.total', 0)`])).toContain('$.total');
  });

  test('a key of too few documents, or one of very many, is not shown', () => {
    const options = { keepKeys: ['t.c'] };
    const few = column([...six('{"a":1}'), `'{"rare":1}'`, ...six('{"b":1}')], { ...options, atLeast: 5 });
    expect(few.texts?.json?.paths).toEqual([
      { path: '$.a', share: 0.3846, types: { integer: 1 } },
      { path: '$.b', share: 0.3846, types: { integer: 1 } },
    ]);
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`user${i}`, i])));
    expect(column(six(many), options).texts?.json?.paths.map(({ path }) => path)).toEqual(['$.*']);
  });

  test('a key that is a name of JavaScript is an ordinary key', () => {
    const { texts } = column(six('{"__proto__":{"constructor":1}}'), { keepKeys: ['t.c'] });
    expect(texts?.json?.paths.map(({ path }) => path)).toEqual(['$.__proto__', '$.__proto__.constructor']);
  });
});

describe('--keep-values', () => {
  const values = [
    ...Array<string>(6).fill(`'new'`),
    ...Array<string>(5).fill('1'),
    ...Array<string>(4).fill(`'rare'`),
    'NULL',
  ];

  test('shows members that enough rows hold, and counts the others', () => {
    expect(column(values, { keepValues: ['T.C'], atLeast: 5 }).values).toEqual({
      // Four others are told as five, and so no member is told to the row.
      members: [
        { value: 'new', storage: 'text', share: 0.3333 },
        { value: 1, storage: 'integer', share: 0.3333 },
      ],
      other: 0.3333,
      others: 5,
    });
    expect(column(values, { keepValues: ['t.c'], atLeast: 6 }).values).toMatchObject({
      members: [{ value: 'new', share: 0.4 }],
      other: 0.6,
      others: 6,
    });
    expect(column(values).values).toBeNull();
  });

  test('spellings are separate members, with any collation', () => {
    const cases = [...Array<string>(5).fill(`'a'`), ...Array<string>(4).fill(`'A'`)];
    expect(column(cases, { keepValues: ['t.c'], type: 'TEXT COLLATE NOCASE', atLeast: 5 }).values).toMatchObject({
      members: [{ value: 'a' }],
      others: 5,
    });
  });

  test('blobs and integers that JSON cannot hold are among the others', () => {
    const odd = [`x'00'`, '9007199254740993', '9e999'].flatMap((value) => Array<string>(5).fill(value));
    expect(column(odd, { keepValues: ['t.c'] }).values).toEqual({ members: [], other: 1, others: 3 });
  });
});
