import { expect, test } from 'vitest';
import { joinsColumns } from '../../src/sql/joined-columns.ts';

const copyWhere = (condition: string): string => `INSERT INTO r (n) SELECT t.n FROM t, l WHERE ${condition}`;

test.each(['l.t_id = t.id', '"l"."t_id" = t.id AND l.kind = t.kind', 'l.t_id = t.id GROUP BY t.id'])(
  'WHERE %s joins columns and chooses no rows',
  (condition) => expect(joinsColumns(copyWhere(condition))).toBe(true),
);

test.each(["l.t_id = t.id AND t.kind = 'open'", 'l.t_id = t.id AND t.gone IS NULL', 'l.t_id > t.id', 't.is_main = 1'])(
  'WHERE %s says which rows are wanted',
  (condition) => expect(joinsColumns(copyWhere(condition))).toBe(false),
);

test('a copy without WHERE joins no columns by it', () => {
  expect(joinsColumns('INSERT INTO r (n) SELECT n FROM t')).toBe(false);
});
