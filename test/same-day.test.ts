import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Finding } from '../src/model/finding.ts';
import { isWithinADay, timeInName } from '../src/text/file-time.ts';
import { folderWith } from './temporary.ts';

async function alarms(files: Readonly<Record<string, string>>): Promise<Finding[]> {
  const named = Object.fromEntries(Object.entries(files).map(([name, sql]) => [`m/${name}.sql`, sql]));
  const { findings } = await check({
    tool: 'rowproof',
    migrations: join(folderWith(named), 'm'),
    dataset: ['one-row', 'awkward'],
  });
  return findings.filter(({ severity }) => severity !== 'note');
}

const berths = 'CREATE TABLE berths (id INTEGER PRIMARY KEY, name TEXT NOT NULL);';
const adding =
  'ALTER TABLE berths ADD COLUMN code TEXT; UPDATE berths SET code = hex(randomblob(3)) WHERE code IS NULL;';
const requiring = `CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL);
INSERT INTO n SELECT id, name, code FROM berths; DROP TABLE berths; ALTER TABLE n RENAME TO berths;`;

test.each([
  ['within a day, whichever date comes first', '20250417233000_b', '20250418071500_c', 0],
  ['days later', '20250417233000_b', '20250419071500_c', 1],
  ['under numbers without a date', '2_b', '3_c', 1],
])('a column that is filled and then required %s', async (_when, filling, required, expected) => {
  const found = await alarms({
    [filling === '2_b' ? '1_a' : '20250301000000_a']: berths,
    [filling]: adding,
    [required]: requiring,
  });
  expect(found.map(({ cause }) => cause)).toEqual(Array(expected).fill('not-null-meets-null'));
});

test('a column that only some rows got is still empty in the others', async () => {
  const some = adding.replace('WHERE code IS NULL', "WHERE name = 'A1'");
  const found = await alarms({ '20250301000000_a': berths, '20250417100000_b': some, '20250417110000_c': requiring });
  expect(found.map(({ cause }) => cause)).toEqual(['not-null-meets-null']);
});

test.each<[string, string, boolean]>([
  ["'none'", 'a text', true],
  ['lower(hex(randomblob(4)))', 'chance', true],
  ['CURRENT_TIMESTAMP', 'the clock', true],
  ["coalesce((SELECT code FROM ports WHERE ports.name = berths.name), 'none')", 'a lookup with a value instead', true],
  ['(SELECT code FROM ports ORDER BY id LIMIT 1)', 'one row for all', true],
  ['(SELECT code FROM ports WHERE ports.name = berths.name)', 'a lookup that may find nothing', false],
  ["nullif(name, '')", 'a column that may be empty', false],
  ["CASE name WHEN 'A1' THEN 'a' END", 'words that are listed', false],
])('a column filled by %s, %s', async (value, _what, isFilled) => {
  const found = await alarms({
    '20250301000000_a': `${berths} CREATE TABLE ports (id INTEGER PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL);`,
    '20250417100000_b': `ALTER TABLE berths ADD COLUMN code TEXT; UPDATE berths SET code = ${value};`,
    '20250417110000_c': requiring,
  });
  const causes = found.filter(({ migration }) => migration === '20250417110000_c').map(({ cause }) => cause);
  expect(causes.includes('not-null-meets-null')).toBe(!isFilled);
});

const capes = `CREATE TABLE players (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE capes (player_id INTEGER PRIMARY KEY, cape TEXT NOT NULL);
CREATE TRIGGER follow AFTER UPDATE OF id ON players BEGIN UPDATE capes SET player_id = NEW.id; END;`;

test.each([
  ['the next file of the day', '20250417110000_c', 'DROP TRIGGER follow;', []],
  ['a file of another day', '20250502110000_c', 'DROP TRIGGER follow;', ['object-broken']],
  ['nobody', '20250417110000_c', 'CREATE TABLE other (id INTEGER PRIMARY KEY);', ['object-broken']],
])('a trigger that %s repairs', async (_who, name, sql, expected) => {
  const found = await alarms({ '20250301000000_a': capes, '20250417100000_b': 'DROP TABLE capes;', [name]: sql });
  expect(found.filter(({ code }) => code === 'object-broken').map(({ code }) => code)).toEqual(expected);
});

test('the time of a file is in its name, by the calendar or in seconds', () => {
  const noon = Date.UTC(2025, 3, 17, 12);
  expect(['20250417120000_x', '2025-04-17-120000_x', '1744891200_x', '1744891200000-X'].map(timeInName)).toEqual(
    Array(4).fill(noon),
  );
  expect(['0012_x', '12_x', '20259999120000_x'].map(timeInName)).toEqual([null, null, null]);
  expect(isWithinADay('20250417_a', '20250417_b')).toBe(true);
});
