/** The search for a small case by itself, on an oracle that is a plain function. */
import { describe, expect, test } from 'vitest';
import type { SqlValue } from '../../src/model/connection.ts';
import type { Case, CaseRow, SchemaPart } from '../../src/shrink/case.ts';
import { type Oracle, shrink } from '../../src/shrink/shrink.ts';
import { splitStatements } from '../../src/sql/statements.ts';

function table(name: string, needs: readonly string[] = []): SchemaPart {
  const sql = `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, a TEXT)`;
  return { type: 'table', name, table: name, sql, needs, isOutside: false, filledBy: null };
}

function row(id: number, name: string, a: SqlValue = 'x', parents: readonly number[] = []): CaseRow {
  return {
    id,
    table: name,
    values: new Map<string, SqlValue>([
      ['id', BigInt(id)],
      ['a', a],
    ]),
    parents,
  };
}

function oracle(shows: (tried: Case) => boolean): Oracle {
  return { shows, dropColumns: () => null, columnsOf: () => [] };
}

const statements = splitStatements('UPDATE t SET a = 1; UPDATE u SET a = 1; UPDATE t SET a = 2;');
const start: Case = {
  schema: [table('t', ['u']), table('u'), table('v')],
  rows: Array.from({ length: 1000 }, (_, id) => row(id, ['t', 'u', 'v'][id % 3] ?? 't', id % 7 === 0 ? null : 'x')),
  statements,
};

describe('a case', () => {
  test('shrinks to the two rows that show it only together, with their tables', () => {
    const ids = ({ rows }: Case): number[] => rows.map(({ id }) => id);
    const both = (tried: Case): boolean => [300, 600].every((id) => ids(tried).includes(id));
    const { smallest, isMinimal } = shrink(start, oracle(both), 300);
    expect(ids(smallest)).toEqual([300, 600]);
    expect(smallest.schema.map(({ name }) => name)).toEqual(['t', 'u']);
    expect(smallest.statements).toHaveLength(1);
    expect(isMinimal).toBe(true);
  });

  test('keeps the parents of its rows, and the parents of those', () => {
    const linked = { ...start, rows: [row(1, 'u'), row(2, 'u', 'x', [1]), row(3, 't', 'x', [2]), row(4, 't')] };
    const { smallest } = shrink(
      linked,
      oracle(({ rows }) => rows.some(({ id }) => id === 3)),
      300,
    );
    expect(smallest.rows.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test('keeps what begins and ends a transaction', () => {
    const own = splitStatements('PRAGMA foreign_keys = off; BEGIN; UPDATE t SET a = 1; UPDATE u SET a = 1; COMMIT;');
    const { smallest } = shrink(
      { ...start, statements: own },
      oracle((tried) => tried.statements.some(({ head }) => head.verb === 'update')),
      300,
    );
    expect(smallest.statements.map(({ head }) => head.verb)).toEqual(['pragma', 'begin', 'update', 'commit']);
    expect(smallest.rows).toEqual([]);
  });

  test('has nothing that can go by itself', () => {
    const sum = (tried: Case): number => tried.rows.filter(({ values }) => values.get('a') === null).length;
    const { smallest } = shrink(
      start,
      oracle((tried) => sum(tried) >= 5),
      2000,
    );
    expect(smallest.rows).toHaveLength(5);
  });

  test('is the same each time', () => {
    const some = (tried: Case): boolean => tried.rows.filter(({ id }) => id % 11 === 3).length >= 2;
    const [first, second] = [1, 2].map(() => shrink(start, oracle(some), 300));
    expect(first).toEqual(second);
  });
});

describe('the tries', () => {
  test('are never exceeded, and the result says that they ended', () => {
    let asked = 0;
    const half = ({ rows }: Case): boolean => {
      asked += 1;
      return rows.filter(({ id }) => id % 2 === 0).length === 500;
    };
    const { tries, isMinimal, smallest } = shrink(start, oracle(half), 40);
    expect(asked).toBe(40);
    expect(tries).toBe(40);
    expect(isMinimal).toBe(false);
    expect(smallest.rows.filter(({ id }) => id % 2 === 0)).toHaveLength(500);
  });

  test('of ten thousand rows with one guilty are few', () => {
    const many = { ...start, rows: Array.from({ length: 10_000 }, (_, id) => row(id, 't')) };
    const { tries, smallest } = shrink(
      many,
      oracle(({ rows }) => rows.some(({ id }) => id === 7777)),
      300,
    );
    expect(smallest.rows.map(({ id }) => id)).toEqual([7777]);
    expect(tries).toBeLessThan(60);
  });
});
