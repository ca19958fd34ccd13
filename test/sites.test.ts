import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { ReportedFinding } from '../src/model/finding.ts';
import { askTexts } from '../src/report/finding-text.ts';
import { folderWith } from './temporary.ts';

async function findingsOf(
  files: readonly [string, string, ...string[]],
  config: Config = {},
): Promise<readonly ReportedFinding[]> {
  const named = files.map((sql, place) => [`m/${place + 1}_m.sql`, sql]);
  const { findings } = await check({
    tool: 'rowproof',
    migrations: join(folderWith(Object.fromEntries(named)), 'm'),
    dataset: ['one-row', 'typical', 'awkward'],
    ...config,
  });
  return findings.filter(({ severity }) => severity !== 'note');
}

const three = `CREATE TABLE berths (id INTEGER PRIMARY KEY, dock TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE cranes (id INTEGER PRIMARY KEY, dock TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE pilots (id INTEGER PRIMARY KEY, licence TEXT NOT NULL);`;

test('several keys that meet duplicates in one file are one finding, with the others as its sites', async () => {
  const found = await findingsOf([
    three,
    `CREATE UNIQUE INDEX a ON berths (dock, number);
     CREATE UNIQUE INDEX b ON cranes (dock, number);
     CREATE UNIQUE INDEX c ON pilots (licence);`,
  ]);
  expect(found).toMatchObject([
    {
      code: 'fails-on-rows',
      cause: 'unique-meets-duplicates',
      severity: 'warning',
      statement: 1,
      table: 'berths',
      facts: {
        sites: [
          { code: 'fails-on-rows', severity: 'warning', statement: 2, table: 'cranes' },
          { code: 'fails-on-rows', severity: 'warning', statement: 3, table: 'pilots' },
        ],
      },
    },
  ]);
  // Each place has rows of its own, and a question to production for them.
  expect(found.flatMap(askTexts)).toEqual([
    expect.stringContaining('FROM "berths"'),
    expect.stringContaining('FROM "cranes"'),
    expect.stringContaining('FROM "pilots"'),
  ]);
});

test('the gravest of them is the finding, wherever it stands', async () => {
  const found = await findingsOf([
    'CREATE TABLE a (id INTEGER PRIMARY KEY, note TEXT); CREATE TABLE b (id INTEGER PRIMARY KEY);',
    `CREATE TABLE a_new (id INTEGER PRIMARY KEY, note TEXT NOT NULL);
     INSERT INTO a_new SELECT id, note FROM a; DROP TABLE a; ALTER TABLE a_new RENAME TO a;
     CREATE TABLE b_new (id INTEGER PRIMARY KEY, kind TEXT NOT NULL);
     INSERT INTO b_new SELECT id, NULL FROM b; DROP TABLE b; ALTER TABLE b_new RENAME TO b;`,
  ]);
  expect(found).toMatchObject([
    {
      cause: 'not-null-meets-null',
      severity: 'error',
      statement: 6,
      facts: { sites: [{ severity: 'warning', statement: 2, hazards: [{ kind: 'null', table: 'a' }] }] },
    },
  ]);
});

test('other causes and other migrations stay findings of their own', async () => {
  const found = await findingsOf([
    three,
    'CREATE UNIQUE INDEX a ON berths (dock, number); ALTER TABLE pilots ADD COLUMN port TEXT NOT NULL;',
    'CREATE UNIQUE INDEX b ON cranes (dock, number);',
  ]);
  expect(found.map(({ cause, migration }) => `${migration} ${cause}`).sort()).toEqual([
    '2_m add-column-not-null',
    '2_m unique-meets-duplicates',
    '3_m unique-meets-duplicates',
  ]);
});

test('a list of known findings does not hide a new place of a known cause', async () => {
  const prints = async (migration: string): Promise<string[]> =>
    (await findingsOf([three, migration])).map(({ fingerprint }) => fingerprint);
  const [first, second] = [
    'CREATE UNIQUE INDEX a ON berths (dock, number);',
    'CREATE UNIQUE INDEX b ON cranes (dock, number);',
  ];
  const both = await prints(`${first} ${second}`);
  expect(both).toHaveLength(1);
  expect(both).not.toEqual(await prints(first));
  // The order of the statements has no part in it.
  expect(await prints(`${second} ${first}`)).toEqual(both);
});

const family = `CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER NOT NULL REFERENCES p (id) ON DELETE CASCADE);`;

test('a PRAGMA without effect is told with the rows that it was to protect', async () => {
  const found = await findingsOf(
    [
      family,
      `PRAGMA foreign_keys = OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
     INSERT INTO n SELECT id, name FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p; PRAGMA foreign_keys = ON;`,
    ],
    { foreignKeys: true },
  );
  expect(found).toMatchObject([
    { code: 'rows-lost', cause: 'cascade-on-drop', table: 'c', consequences: ['pragma-without-effect'] },
  ]);
});

test('a key to the table that cannot be dropped is told with the failure to drop it', async () => {
  const found = await findingsOf([family.replace(' ON DELETE CASCADE', ''), 'DROP TABLE p;'], { foreignKeys: true });
  expect(found).toMatchObject([
    { code: 'fails-on-rows', cause: 'parent-dropped', statement: 1, consequences: ['object-broken'] },
  ]);
});
