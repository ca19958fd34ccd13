/** Views that read rowids which a copy or VACUUM changes. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { folderWith } from './temporary.ts';

const lockers = 'CREATE TABLE lockers (label TEXT PRIMARY KEY, floor TEXT);';
const numbered = 'CREATE VIEW numbered AS SELECT rowid AS number, label FROM lockers;';
const stored = "INSERT INTO lockers VALUES ('n', '1'), ('b', '2'), ('k', '3');";
const gap = "DELETE FROM lockers WHERE label = 'n';";

/** A rebuild of lockers below its views. */
const rebuilt = (copy: string, view = numbered, key = 'label TEXT PRIMARY KEY, floor TEXT'): string =>
  `DROP VIEW numbered; CREATE TABLE n (${key}); ${copy} DROP TABLE lockers; ALTER TABLE n RENAME TO lockers; ${view}`;

async function told(first: string, sql: string, rows: string): Promise<unknown[]> {
  const folder = folderWith({ 'm/1_a.sql': first, 'm/2_b.sql': sql, 's/1_a.sql': rows });
  const { findings } = await check({
    ...{ migrations: join(folder, 'm'), seeds: join(folder, 's'), dataset: ['fixture'] },
    // VACUUM runs in no transaction.
    transaction: 'none',
  });
  return findings
    .filter(({ code }) => code === 'view-differs')
    .map(({ cause, table, statement }) => [cause, table, statement]);
}

test.each<[string, string, string, string, unknown[]]>([
  [
    'a copy in another order',
    lockers + numbered,
    rebuilt('INSERT INTO n SELECT * FROM lockers ORDER BY label;'),
    stored,
    [['hidden-rowids-changed', 'numbered', 3]],
  ],
  [
    'a copy that closes a gap',
    lockers + numbered,
    rebuilt(
      'INSERT INTO n (label, floor) SELECT label, floor FROM lockers;',
      numbered,
      'label TEXT PRIMARY KEY, floor TEXT, size TEXT',
    ),
    stored + gap,
    [['hidden-rowids-changed', 'numbered', 3]],
  ],
  [
    'a copy that makes a key of the numbers anew',
    lockers + numbered,
    rebuilt(
      'INSERT INTO n (label, floor) SELECT label, floor FROM lockers;',
      numbered,
      'id INTEGER PRIMARY KEY, label TEXT UNIQUE, floor TEXT',
    ),
    stored + gap,
    [['hidden-rowids-changed', 'numbered', 3]],
  ],
  [
    'a view over a view, by another name of the rowid',
    `${lockers}CREATE VIEW numbered AS SELECT _rowid_ AS number, label FROM lockers; CREATE VIEW first AS SELECT label FROM numbered WHERE number = 1;`,
    rebuilt(
      'INSERT INTO n SELECT * FROM lockers ORDER BY label;',
      'CREATE VIEW numbered AS SELECT _rowid_ AS number, label FROM lockers;',
    ).replace('DROP VIEW numbered;', 'DROP VIEW first; DROP VIEW numbered;') +
      ' CREATE VIEW first AS SELECT label FROM numbered WHERE number = 1;',
    stored,
    [['hidden-rowids-changed', 'first', 4]],
  ],
  [
    'VACUUM',
    `CREATE TABLE lockers (label TEXT, floor TEXT);${numbered}`,
    'VACUUM;',
    stored + gap,
    [['hidden-rowids-changed', 'numbered', 1]],
  ],
])('%s gives rows other numbers below a view', async (_title, first, sql, rows, expected) => {
  expect(await told(first, sql, rows)).toEqual(expected);
});

const byFloor = 'CREATE VIEW numbered AS SELECT label FROM lockers WHERE floor > 1;';
const owned = 'CREATE TABLE lockers (label TEXT PRIMARY KEY, rowid INTEGER);';

test.each<[string, string, string, string]>([
  [
    'where the copy brings the rowids along',
    lockers + numbered,
    rebuilt('INSERT INTO n (rowid, label, floor) SELECT rowid, label, floor FROM lockers ORDER BY label;'),
    stored + gap,
  ],
  [
    'where the rowids become a key',
    lockers + numbered,
    rebuilt(
      'INSERT INTO n SELECT rowid, label, floor FROM lockers;',
      numbered,
      'id INTEGER PRIMARY KEY, label TEXT UNIQUE, floor TEXT',
    ),
    stored + gap,
  ],
  [
    'where SQLite copies all rows of an equal table with their rowids',
    lockers + numbered,
    rebuilt('INSERT INTO n SELECT * FROM lockers;'),
    stored + gap,
  ],
  [
    'where the view reads no rowid',
    lockers + byFloor,
    rebuilt('INSERT INTO n SELECT * FROM lockers ORDER BY label;', byFloor),
    stored,
  ],
  [
    'where a column has the name',
    owned + numbered,
    rebuilt('INSERT INTO n SELECT * FROM lockers ORDER BY label;', numbered, 'label TEXT PRIMARY KEY, rowid INTEGER'),
    stored,
  ],
  [
    'where a row is deleted on purpose',
    lockers + numbered,
    rebuilt("DELETE FROM lockers WHERE label = 'b'; INSERT INTO n SELECT * FROM lockers;"),
    stored,
  ],
])('nothing is told of a view %s', async (_title, first, sql, rows) => {
  expect(await told(first, sql, rows)).toEqual([]);
});
