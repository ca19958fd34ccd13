/** Statements that one row switches off, and views that answer otherwise. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check, seed } from '../src/api.ts';
import type { Report } from '../src/model/report.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const codes = new Set(['without-effect', 'view-differs']);

function told({ findings }: Report): unknown[] {
  return findings
    .filter(({ code }) => codes.has(code))
    .map(({ cause, table, statement, hazards: [hazard] }) => [
      ...[cause, table, statement],
      hazard === undefined ? null : `${hazard.kind} ${hazard.table}.${hazard.columns.join()}`,
    ]);
}

async function run(first: string, sql: string, dataset: ('typical' | 'awkward')[] = ['awkward']): Promise<unknown[]> {
  return told(await check({ migrations: join(folderWith({ 'm/1.sql': first, 'm/2.sql': sql }), 'm'), dataset }));
}

const settings = "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT); INSERT INTO settings VALUES ('loud', '3');";
const renamed =
  "UPDATE settings SET key = 'volume' WHERE key = 'loud' AND NOT EXISTS (SELECT 1 FROM settings WHERE key = 'volume');";
const tags =
  'CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT); CREATE TABLE notes (id INTEGER PRIMARY KEY, tag_id INTEGER, spare_tag_id INTEGER NOT NULL);';

test.each<[string, string, string, unknown[]]>([
  ['a taken name', settings, renamed, [['without-effect', 'settings', 1, 'state settings.key']]],
  [
    'a NULL in the list of an UPDATE',
    tags,
    "UPDATE tags SET word = 'unused' WHERE id NOT IN (SELECT tag_id FROM notes);",
    [['null-in-list', 'tags', 1, 'null notes.tag_id']],
  ],
  [
    'a NULL in one of two lists, behind a common table expression',
    tags,
    'WITH used AS (SELECT tag_id AS id FROM notes) DELETE FROM tags WHERE id NOT IN (SELECT id FROM used) AND id NOT IN (SELECT spare_tag_id FROM notes);',
    [['null-in-list', 'tags', 1, 'null notes.tag_id']],
  ],
])('%s switches a statement off', async (_title, first, sql, expected) => {
  expect(await run(first, sql)).toEqual(expected);
});

test.each<[string, string, string]>([
  ['a list without NULLs', tags, 'DELETE FROM tags WHERE id NOT IN (SELECT spare_tag_id FROM notes);'],
  [
    'a list that leaves NULLs out',
    tags,
    'DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM notes WHERE tag_id IS NOT NULL);',
  ],
  ['an alternative to the list', tags, "DELETE FROM tags WHERE word <> '' OR id NOT IN (SELECT tag_id FROM notes);"],
  ['a statement for the other case', settings, `${renamed} DELETE FROM settings WHERE key = 'loud';`],
  ['an accepted case', settings, `-- rowproof: allow without-effect settings -- the newer value stays\n${renamed}`],
])('%s raises no warning', async (_title, first, sql) => {
  expect(await run(first, sql)).toEqual([]);
});

test('the gate warns where production has the row in the way, and not where it has none', async () => {
  const folder = folderWith({
    'm/1.sql': settings,
    'm/2.sql': renamed,
    'taken/1.sql': "INSERT INTO settings VALUES ('volume', '1');",
  });
  const migrations = join(folder, 'm');
  const [free, taken] = [join(folder, 'free.db'), join(folder, 'taken.db')];
  await seed({ migrations }, { file: free, at: 1, dataset: ['one-row'] });
  await seed({ migrations, seeds: join(folder, 'taken') }, { file: taken, at: 1, dataset: ['fixture'] });
  expect(told(await gate({ migrations }, { file: free }))).toEqual([]);
  expect(told(await gate({ migrations }, { file: taken }))).toEqual([
    ['without-effect', 'settings', 1, 'state settings.key'],
  ]);
});

const shops =
  'CREATE TABLE shops (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, size INTEGER NOT NULL); CREATE VIEW halves AS SELECT id, size / 2 AS half FROM shops; CREATE VIEW small AS SELECT id FROM halves WHERE half = 5;';
const rebuilt = (columns: string, from = '*'): string =>
  `CREATE TABLE n (id INTEGER PRIMARY KEY, ${columns}); INSERT INTO n SELECT ${from} FROM shops; DROP VIEW small; DROP VIEW halves; DROP TABLE shops; ALTER TABLE n RENAME TO shops; CREATE VIEW halves AS SELECT id, size / 2 AS half FROM shops; CREATE VIEW small AS SELECT id FROM halves WHERE half = 5;`;

test('a view that computes with another type differs', async () => {
  const rows = await run(shops, rebuilt('name TEXT NOT NULL COLLATE NOCASE, size REAL NOT NULL'), ['typical']);
  expect(rows).toEqual([['view-differs', 'halves', null, null]]);
});

test.each<[string, string]>([
  [
    'keeps its types',
    rebuilt('name TEXT NOT NULL COLLATE NOCASE, size INTEGER NOT NULL, city TEXT', 'id, name, size, NULL'),
  ],
  ['changes the values on purpose', rebuilt('name TEXT NOT NULL, size INTEGER NOT NULL', 'id, name, size * 10')],
])('no view differs over a rebuild that %s', async (_title, sql) => {
  expect(await run(shops, sql, ['typical'])).toEqual([]);
});
