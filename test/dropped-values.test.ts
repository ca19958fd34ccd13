/** Columns whose values go nowhere, beside those whose values go on. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { folderWith } from './temporary.ts';

const first =
  'CREATE TABLE huts (id INTEGER PRIMARY KEY, name TEXT, beds INTEGER, warden TEXT); CREATE VIEW v AS SELECT id FROM huts;';
const seeds = "INSERT INTO huts VALUES (1, 'Low', 4, 'Ada'), (2, 'High', NULL, 'Bo');";

async function run(sql: string): Promise<unknown[]> {
  const folder = folderWith({ 'm/1.sql': first, 'm/2.sql': sql, 'seeds/1.sql': seeds });
  const { findings } = await check({
    ...{ migrations: join(folder, 'm'), seeds: join(folder, 'seeds') },
    dataset: ['fixture', 'one-row', 'typical', 'awkward'],
  });
  return findings
    .filter(({ code }) => code === 'values-dropped')
    .map((found) => (found.code === 'values-dropped' ? [found.severity, found.statement, found.facts.columns[0]] : []));
}

const beds = { table: 'huts', column: 'beds', rows: 1, of: 2 };

test.each<[string, string, unknown[]]>([
  [
    'is a note with numbers where nothing waits',
    'ALTER TABLE huts DROP COLUMN beds;',
    [['note', 1, { ...beds, waiting: null, statement: 1 }]],
  ],
  [
    'that a rebuild leaves out is a note',
    'CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT, warden TEXT); INSERT INTO n SELECT id, name, warden FROM huts; DROP VIEW v; DROP TABLE huts; ALTER TABLE n RENAME TO huts; CREATE VIEW v AS SELECT id FROM huts;',
    [['note', 4, { ...beds, waiting: null, statement: 4 }]],
  ],
  [
    'is a warning where it is renamed, made anew and dropped',
    'ALTER TABLE huts RENAME COLUMN beds TO old_beds; ALTER TABLE huts ADD COLUMN beds REAL; ALTER TABLE huts DROP COLUMN old_beds;',
    [['warning', 3, { ...beds, waiting: 'huts', statement: 3 }]],
  ],
  [
    'is a warning where the table has another name by then',
    'ALTER TABLE huts RENAME TO lodges; ALTER TABLE lodges DROP COLUMN beds; CREATE TABLE rooms (lodge_id INTEGER, beds INTEGER);',
    [['warning', 2, { ...beds, table: 'lodges', waiting: 'rooms', statement: 2 }]],
  ],
  [
    'is none of ours where the values go on',
    'CREATE TABLE rooms AS SELECT id AS hut_id, beds FROM huts; ALTER TABLE huts DROP COLUMN beds;',
    [],
  ],
  [
    'is none of ours where they go on by another name',
    'ALTER TABLE huts RENAME COLUMN beds TO old_beds; ALTER TABLE huts ADD COLUMN beds REAL; UPDATE huts SET beds = old_beds; ALTER TABLE huts DROP COLUMN old_beds;',
    [],
  ],
  [
    'is none of ours where it is accepted',
    '-- rowproof: allow values-dropped huts.beds -- nobody counts them\nALTER TABLE huts DROP COLUMN beds;',
    [],
  ],
])('a column %s', async (_name, sql, expected) => {
  expect(await run(sql)).toEqual(expected);
});
