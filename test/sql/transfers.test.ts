import { expect, test } from 'vitest';
import { transfersIn } from '../../src/sql/transfers.ts';
import { buildMigration } from '../build.ts';

test('each SELECT of a UNION brings rows, and the tables of a join keep their columns apart', () => {
  const [first, second] = transfersIn(
    buildMigration(
      `INSERT INTO orders (id, buyer, kind)
         SELECT o.id, b.id AS buyer, 'old' FROM old_orders o LEFT JOIN main.buyers AS b ON b.id = o.buyer
         UNION ALL SELECT id, NULL, kind FROM drafts;`,
    ),
  );
  expect(first?.into).toEqual(['id', 'buyer', 'kind']);
  expect(first?.select.tables).toEqual([
    { name: 'old_orders', alias: 'o' },
    { name: 'buyers', alias: 'b' },
  ]);
  expect(first?.select.items.map(({ column }) => column?.qualifier)).toEqual(['o', 'b', undefined]);
  expect(first?.select.items.map(({ constant }) => constant)).toEqual([null, null, 'old']);
  expect(second?.select.items.map(({ column }) => column?.name)).toEqual(['id', undefined, 'kind']);
});

test.each<[string, boolean, boolean]>([
  ['INSERT INTO n SELECT a FROM o', true, true],
  ['INSERT OR IGNORE INTO n SELECT a FROM o', true, false],
  ['INSERT INTO n SELECT a FROM o WHERE true ON CONFLICT (a) DO NOTHING', false, false],
  ['INSERT INTO n SELECT DISTINCT a FROM o', false, true],
  ['INSERT INTO n SELECT a FROM o UNION ALL SELECT a FROM p LIMIT 3', false, true],
  ['INSERT INTO n SELECT a FROM o EXCEPT SELECT a FROM p', false, true],
  ['INSERT INTO n SELECT o.a FROM o, p', false, true],
])('%s', (sql, isWhole, isStrict) => {
  expect(transfersIn(buildMigration(sql))[0]).toMatchObject({ isWhole, isStrict });
});

test('EXCEPT brings rows of its first SELECT alone, and a table that is made takes the names of the first', () => {
  expect(transfersIn(buildMigration('INSERT INTO n SELECT a FROM o EXCEPT SELECT a FROM p')).length).toBe(1);
  const made = transfersIn(buildMigration('CREATE TABLE n AS SELECT a, b + 1 AS c, 2 d FROM o'));
  expect(made.map(({ into }) => into)).toEqual([['a', 'c', 'd']]);
});
