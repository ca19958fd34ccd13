import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { folderWith } from './temporary.ts';

const bills = 'CREATE TABLE bills (id INTEGER PRIMARY KEY AUTOINCREMENT, cents INTEGER NOT NULL);';
const rebuild = `CREATE TABLE bills_new (id INTEGER PRIMARY KEY AUTOINCREMENT, cents INTEGER NOT NULL);
  INSERT INTO bills_new SELECT * FROM bills; DROP TABLE bills; ALTER TABLE bills_new RENAME TO bills;`;
const gone = 'INSERT INTO bills VALUES (1, 100), (2, 200), (3, 300); DELETE FROM bills WHERE id = 3;';

/** Which resets are told of a history, its first file beside rows whose newest was deleted. */
async function resets(...files: readonly string[]): Promise<string[]> {
  const migrations = Object.fromEntries(files.map((sql, i) => [`m/${i + 1}.sql`, sql]));
  const folder = folderWith({ ...migrations, 's/0001_rows.sql': gone });
  const { findings } = await check({ migrations: join(folder, 'm'), seeds: join(folder, 's') });
  return findings
    .filter(({ code }) => code === 'autoincrement-reset')
    .map(({ severity, migration }) => `${severity} ${migration}`);
}

describe('a counter that decreases', () => {
  test('is a note where no column holds its numbers', async () => {
    expect(await resets(bills, rebuild)).toEqual(['note 2']);
  });

  test.each([
    ['an audit table', 'CREATE TABLE audit (id INTEGER PRIMARY KEY, bill_id INTEGER, what TEXT);'],
    ['a table without keys', 'CREATE TABLE Reminders (billId INTEGER, sent_at TEXT);'],
  ])('is a warning where %s holds its numbers', async (_, holder) => {
    expect(await resets(`${bills} ${holder}`, rebuild)).toEqual(['warning 2']);
  });

  test('is a note where only a foreign key holds them, because no number outlives its row', async () => {
    const holder = 'CREATE TABLE payments (id INTEGER PRIMARY KEY, bill_id INTEGER REFERENCES bills (id));';
    expect(await resets(`${bills} ${holder}`, `-- rowproof: foreign_keys=off\n${rebuild}`)).toEqual(['note 2']);
  });

  test('is reported once in a history', async () => {
    expect(await resets(bills, rebuild, rebuild)).toEqual(['note 2']);
  });

  test('is reported for the next migration where the first is allowed', async () => {
    const allowed = `-- rowproof: allow autoincrement-reset bills -- nobody has seen the number\n${rebuild}`;
    expect(await resets(bills, allowed)).toEqual([]);
    expect(await resets(bills, rebuild, allowed)).toEqual(['note 2']);
  });

  test('is not reported where the history sets the counters itself', async () => {
    const minded = `${rebuild} UPDATE sqlite_sequence SET seq = 9 WHERE name = 'bills';`;
    expect(await resets(bills, rebuild, minded)).toEqual([]);
  });

  test('is not reported on the empty database', async () => {
    const folder = folderWith({ 'm/1.sql': `${bills} ${gone}`, 'm/2.sql': rebuild });
    const { findings } = await check({ migrations: join(folder, 'm'), dataset: ['one-row'] });
    const sides = findings.filter(({ code }) => code === 'autoincrement-reset').flatMap(({ datasets }) => datasets);
    expect(sides).not.toContain('empty');
  });
});
