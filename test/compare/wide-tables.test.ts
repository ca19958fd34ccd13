import { describe, expect, test } from 'vitest';
import type { TableChange } from '../../src/model/change.ts';
import { breadth } from '../breadth.ts';
import { changesAfter } from './comparing.ts';

/** SQLite takes 2000 columns in a table, and 2000 terms in a query: https://sqlite.org/limits.html#max_column */
describe.each(breadth([1001], [999, 1000, 1001, 1999, 2000]))('a table of %i columns', (count) => {
  const names = Array.from({ length: count }, (_, i) => `c${i}`);
  const last = count - 1;

  /** The table with three rows, each of whose values says where it stands; `first` declares the first column. */
  const tableOf = (first: string): string => {
    const columns = [`c0 ${first}`, ...names.slice(1)].join(', ');
    const rows = [1, 2, 3].map((row) => `(${names.map((_, i) => row * 10_000 + i).join(', ')})`);
    return `CREATE TABLE t (${columns}); INSERT INTO t VALUES ${rows.join(', ')}`;
  };
  const changed = (changes: readonly TableChange[] | null): unknown =>
    changes?.map(({ changed: rows, lost, columns }) => ({
      rows,
      lost,
      columns: columns.map(({ column, rows: of, nulled }) => ({ column, of, nulled })),
    }));

  test.each(['INTEGER PRIMARY KEY', ''])(
    'reports the columns that an update changes, with a first column %j',
    (first) => {
      const changes = changesAfter(tableOf(first), ['SELECT 1'], (db) => {
        db.exec(`UPDATE t SET c1 = 'other', c${last} = NULL WHERE c0 > 15000`);
        return true;
      });
      const columns = [
        { column: 'c1', of: 2, nulled: 0 },
        { column: `c${last}`, of: 2, nulled: 2 },
      ];
      expect(changed(changes)).toEqual([{ rows: 2, lost: 0, columns }]);
    },
  );

  test('reports nothing where nothing changes', () => {
    expect(changesAfter(tableOf('INTEGER PRIMARY KEY'), ['SELECT 1'], () => true)).toEqual([]);
  });

  test.each(['INTEGER PRIMARY KEY', ''])(
    'reports the columns that a rebuild swaps, with a first column %j',
    (first) => {
      const [a, b, ...rest] = [...names].reverse();
      const copied = [b, a, ...rest].reverse().join(', ');
      const table = `CREATE TABLE u (c0 ${first}, ${names.slice(1).join(', ')})`;
      const rebuild = (columns: string): TableChange[] | null =>
        changesAfter(tableOf(first), [
          table,
          `INSERT INTO u SELECT ${columns} FROM t ORDER BY c0 DESC`,
          'DROP TABLE t',
          'ALTER TABLE u RENAME TO t',
        ]);
      expect(rebuild(names.join(', '))).toEqual([]);
      expect(changed(rebuild(copied))).toMatchObject([
        {
          rows: 3,
          lost: 0,
          columns: [{ column: b }, { column: a }]
            .reverse()
            .sort((x, y) => names.indexOf(x.column ?? '') - names.indexOf(y.column ?? '')),
        },
      ]);
    },
  );

  test('distinguishes values that differ only in their storage class or a NUL', () => {
    const rebuild = (value: string, other: string): number | undefined =>
      changesAfter(
        `CREATE TABLE t (${names.join(', ')}); INSERT INTO t (c${last}) VALUES (${value})`,
        [
          `CREATE TABLE u (${names.join(', ')})`,
          'INSERT INTO u SELECT * FROM t',
          'DROP TABLE t',
          'ALTER TABLE u RENAME TO t',
        ],
        (db) => {
          db.exec(`UPDATE t SET c${last} = ${other}`);
          return true;
        },
      )?.length;
    expect(rebuild('1', '1.0')).toBe(1);
    expect(rebuild("'1'", '1')).toBe(1);
    expect(rebuild("x'31'", "'1'")).toBe(1);
    expect(rebuild("'a' || char(0) || 'b'", "'a' || char(0) || 'c'")).toBe(1);
    expect(rebuild('0.1', '0.1 + 1e-18')).toBe(0);
    expect(rebuild('0.1', '0.1 + 1e-17')).toBe(1);
  });
});
