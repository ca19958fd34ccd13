import { describe, expect, test } from 'vitest';
import { HarnessError } from '../../src/errors.ts';
import { readFileName } from '../../src/identity/file-names.ts';
import { findPosition, meantBy, positionUpTo } from '../../src/identity/find.ts';
import { numberIn, numberOf, versionText } from '../../src/identity/number.ts';
import type { History } from '../../src/model/history.ts';
import { buildHistory, buildMigration } from '../build.ts';

/** A history of migrations with these ids; an id with a `|` has its name behind that. */
function historyOf(...given: readonly string[]): History {
  return buildHistory(
    given.map((each, place) => {
      const [id = '', name = id] = each.split('|');
      return buildMigration('', { position: place + 1, id, name });
    }),
  );
}

const histories = {
  numbered: historyOf('0001|0001_users', '0002|0002_posts', '10|10_tags'),
  dated: historyOf('2024-01-31|2024-01-31_users', '2024-02-01|2024-02-01_posts'),
  classes: historyOf('CreateUsers1700000000000', 'AddPosts1700000000001'),
  folders: historyOf('20240101120000_init', '20240102120000_posts'),
  dotted: historyOf('1.9|V1.9__a', '1.10|V1.10__b', '2|V2__c'),
  textual: historyOf('1|1_a', '10|10_c', '2|2_b'),
  tags: historyOf('0000_init', '0001_next', '0001_other'),
};

describe('a migration is found', () => {
  test.each([
    ['by its number', 'numbered', 2, 2],
    ['by its number with other zeros', 'numbered', '00002', 2],
    ['by its id', 'numbered', '0002', 2],
    ['by its name', 'numbered', '0002_posts', 2],
    ['by its date', 'dated', '2024-02-01', 2],
    ['by its class', 'classes', 'AddPosts1700000000001', 2],
    ['by its folder', 'folders', '20240102120000_posts', 2],
    ['by the number of its folder', 'folders', 20240102120000, 2],
    ['by its version with points', 'dotted', '1.10', 2],
    ['by its number where others have points', 'dotted', 2, 3],
    ['by its number where text decides the order', 'textual', 2, 3],
    ['by 0 where it has that number', 'tags', 0, 1],
    ['by 0, which is the base in other histories', 'numbered', 0, 0],
  ] as const)('%s', (_how, name, said, position) => {
    expect(findPosition(histories[name], said, '--at')).toBe(position);
  });

  test.each([
    [
      'a number that no migration has',
      'numbered',
      7,
      /--at 7: no migration in migrations has that version/,
      /from 1 to 10/,
    ],
    ['an id with a slip', 'dated', '2024-02-02', /has that id/, /Did you mean 2024-02-01/],
    ['a class with a slip', 'classes', 'AddPost1700000000001', /has that id/, /Did you mean AddPosts1700000000001/],
    ['a number of two', 'tags', 1, /may mean 0001_next or 0001_other/, /whole name/],
    ['the place of one whose id has no number', 'dotted', 1, /has that version/, /from 1.9 to 2/],
  ] as const)('and %s is refused', (_what, name, said, message, remedy) => {
    const find = (): number => findPosition(histories[name], said, '--at');
    expect(find).toThrow(HarnessError);
    expect(find).toThrow(message);
    expect(find).toThrow(expect.objectContaining({ code: 'unknown-version', remedy: expect.stringMatching(remedy) }));
  });

  test('the name in a ledger counts too', () => {
    const [migration] = histories.numbered.migrations;
    if (migration === undefined) throw new Error('there is one');
    expect(meantBy([{ ...migration, ledgerId: '0001_users.sql' }], '0001_users.sql')).toHaveLength(1);
  });
});

test.each([
  ['numbered', 2, 2],
  ['numbered', 5, 2],
  ['numbered', 0, 0],
  ['numbered', 11, null],
  ['dated', '2024-01-31', 1],
  ['dated', '2024-03-01', null],
] as const)('the place that a %s history has reached at %s is %s', (name, said, position) => {
  expect(positionUpTo(histories[name].migrations, said)).toBe(position);
});

test.each([
  ['numbered', '0002_rows', [2], 'rows'],
  ['numbered', '2', [2], ''],
  ['numbered', '3_rows', [], 'rows'],
  ['numbered', '100_rows', [], 'rows'],
  ['dated', '2024-02-01_rows', [2], 'rows'],
  ['classes', 'AddPosts1700000000001.rows', [2], 'rows'],
  ['folders', '20240101120000_init_rows', [1], 'rows'],
  ['dotted', '1.10_rows', [2], 'rows'],
  ['tags', '0001_rows', [2, 3], 'rows'],
  ['tags', '0001_other', [3], ''],
] as const)('of a %s history, the name %s begins with %j', (name, file, meant, rest) => {
  const named = readFileName(histories[name].migrations, file);
  expect(named?.meant.map(({ position }) => position)).toEqual(meant);
  expect(named?.rest).toBe(rest);
});

test('a name that begins with no id and no number has no meaning', () => {
  expect(readFileName(histories.numbered.migrations, 'shared')).toBeNull();
});

test.each([
  ['0002', 2n],
  ['0002_posts', 2n],
  ['1-init', 1n],
  ['2024-01-31', 20240131000000n],
  ['2024-01-31-0930', 20240131093000n],
  ['1.10', null],
  ['alice:1', null],
  ['CreateUsers1700000000000', null],
] as const)('the number in %s is %s', (id, number) => {
  expect(numberIn(id)).toBe(number);
});

test('an id without a usable number is replaced by its position', () => {
  expect(histories.dotted.migrations.map(numberOf)).toEqual([1, 2, 2]);
  expect(historyOf('9223372036854775807').migrations.map(numberOf)).toEqual([1]);
});

test('a sentence calls a version by its number or its id', () => {
  const texts = [0, 1, 2].map((position) => versionText(histories.numbered.migrations, position));
  expect(texts).toEqual(['0', '1', '2']);
  expect(versionText(histories.dated.migrations, 2)).toBe('2024-02-01');
});
