import { describe, expect, test } from 'vitest';
import { parseProfile } from '../../src/config/profile-file.ts';
import { printProfile } from '../../src/profile/print.ts';
import { captured } from './capturing.ts';

/** A profile in which every part is there once. */
const whole = captured(
  `CREATE TABLE p (a, b, PRIMARY KEY (a, b));
  CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b, c DEFAULT 'x', d, e, FOREIGN KEY (a, b) REFERENCES p);
  INSERT INTO p VALUES (1, 2), (1, 3);
  INSERT INTO t (a, b, c, d, e) VALUES (1, 2, 'x', '{"a":[1,1.5,true,null,"x",{}]}', x'00'), (1, 2, 'X', '{', NULL),
    (9, 9, '2024-03-09', 'a@b.c', -2.5), (9, 8, '2024-04-01', 'b@b.c', 2.5), (NULL, 1, 'x', 1709251200, 9223372036854775807);
  CREATE VIRTUAL TABLE f USING fts5 (body);`,
  { keepValues: ['t.c'], keepKeys: ['t.d'], atLeast: 2, at: 4 },
);

describe('a profile file', () => {
  test('is accepted as it is captured', () => {
    expect(parseProfile(printProfile(whole), 'seeds/x.profile.json')).toEqual(whole);
    expect(parseProfile(printProfile(captured('')), 'x')).toEqual(captured(''));
  });

  test.each([
    ['uuid', '0b0e1c52-3b6f-4f0e-9f57-0b8e6a0f9c11'],
    ['email', 'a@b.c'],
    ['url', 'https://a.b'],
    ['iso-datetime', '2024-03-09T12:00Z'],
    ['sqlite-datetime', '2024-03-09 12:00:00'],
    ['iso-date', '2024-03-09'],
    ['boolean', '0'],
    ['integer', '12'],
    ['hex', 'deadbeef'],
    ['slug', 'a-b'],
    ['base64', 'aB3+'],
    ['json', '{}'],
  ])('may have the format %s', (format, text) => {
    const profile = captured(`CREATE TABLE t (c); INSERT INTO t VALUES ('${text}')`);
    expect(profile.tables[0]?.columns[0]?.texts?.formats).toEqual({ [format]: 1 });
    expect(parseProfile(printProfile(profile), 'x')).toEqual(profile);
  });

  test('may be of a version that told of every table', () => {
    const { tables, ...rest } = whole;
    const older = { ...rest, tables: tables.map(({ tiny: _, ...table }) => table) };
    expect(parseProfile(JSON.stringify(older), 'x')).toEqual(whole);
  });

  test('may have more than this version knows', () => {
    const text = JSON.stringify({ ...whole, later: 1 });
    expect(parseProfile(text, 'x')).toEqual(whole);
  });

  test.each<[string, (text: string) => string, RegExp]>([
    ['is cut off', (text) => text.slice(0, -20), /^p\.json is not a usable profile: it is not JSON\.$/],
    ['is empty', () => '', /it is not JSON/],
    ['is of another kind', () => '{"a": 1}', /rowproof: .*; and \d more\.$/],
    ['is a list', () => '[]', /expected object/],
    [
      'is of a later version',
      (text) => text.replace('"profileVersion": 1', '"profileVersion": 2'),
      /profileVersion: this rowproof reads only profiles of version 1/,
    ],
    [
      'has a share beyond 1',
      (text) => text.replace('"null": 0,', '"null": 1.5,'),
      /tables\[0\]\.columns\[0\]\.storage\.null: /,
    ],
    ['has a word for a number', (text) => text.replace('"rows": 2', '"rows": "2"'), /tables\[0\]\.rows: /],
    ['has a format that nobody knows', (text) => text.replace('"email"', '"e-mail"'), /texts\.formats.*e-mail/],
    [
      'lacks a key',
      (text) => text.replace('"caseVariants"', '"casevariants"'),
      /tables\[0\]\.columns\[0\]\.caseVariants: /,
    ],
    ['has no month', (text) => text.replace('"2024-01"', '"2024-13"'), /span\.oldest: must be a month/],
  ])('that %s is refused by the path in it', (_, damage, message) => {
    const text = printProfile(whole);
    expect(damage(text)).not.toBe(text);
    expect(() => parseProfile(damage(text), 'p.json')).toThrow(
      expect.objectContaining({ code: 'bad-profile', message: expect.stringMatching(message) }),
    );
  });
});
