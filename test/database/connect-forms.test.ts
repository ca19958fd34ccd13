/** Functions and aggregates are registered in the words of better-sqlite3 and in those of node:sqlite, over both drivers. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import type { Connection, SqlValue } from '../../src/model/connection.ts';
import { folderWith } from '../temporary.ts';

/** Puts what an expression gives into a table, and returns the failures and losses of a check. */
async function checkWith(
  engine: 'better-sqlite3' | 'node',
  connect: (db: Connection) => unknown,
  condition: string,
): Promise<readonly string[]> {
  const folder = folderWith({
    'm/0001_init.sql': 'CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 2), (3, 4), (5, 6);',
    'm/0002_ask.sql': `CREATE TABLE held (yes INTEGER NOT NULL CHECK (yes)); INSERT INTO held SELECT ${condition};`,
  });
  const { findings } = await check({
    ...{ migrations: join(folder, 'm'), engine, dataset: ['one-row'] },
    connect: (db) => void connect(db),
  });
  return findings.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`);
}

const twice = (x: SqlValue): SqlValue => Number(x) * 2;

describe.each(['better-sqlite3', 'node'] as const)('%s', (engine) => {
  test.each<[string, (db: Connection) => unknown, string]>([
    ['two arguments', (db) => db.function('f', twice), 'f(2) = 4'],
    ['options', (db) => db.function('f', { deterministic: true }, twice), 'f(2) = 4'],
    ['any number of values', (db) => db.function('f', { varargs: true }, (...all) => all.length), 'f(1, 2, 3) = 3'],
    [
      'integers as node:sqlite takes them',
      (db) => db.function('f', { useBigIntArguments: true }, (x) => (typeof x === 'bigint' ? x : null)),
      'f(9007199254740993) = 9007199254740993',
    ],
    [
      'an aggregate',
      (db) => db.aggregate('total_of', { start: 0, step: (total, x) => Number(total) + Number(x) }),
      '(SELECT total_of(a) FROM t) = 9',
    ],
    [
      'an aggregate of two columns with a result',
      (db) =>
        db.aggregate('joined', {
          start: () => [],
          step: (list: string[], a: SqlValue, b: SqlValue) => void list.push(`${a}${b}`),
          result: (list: string[]) => list.join('-'),
        }),
      "(SELECT joined(a, b) FROM t) = '12-34-56'",
    ],
    [
      'an aggregate over no rows',
      (db) => db.aggregate('total_of', { start: 7, step: (total, x) => Number(total) + Number(x) }),
      '(SELECT total_of(a) FROM t WHERE 0) = 7',
    ],
    [
      'a window function',
      (db) =>
        db.aggregate('moving', {
          start: 0,
          step: (total, x) => Number(total) + Number(x),
          inverse: (total, x) => Number(total) - Number(x),
        }),
      '(SELECT max(m) FROM (SELECT moving(a) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS m FROM t)) = 8',
    ],
    ['the words of node:sqlite for extensions', (db) => db.enableLoadExtension(true), '1'],
  ])('%s', async (_what, connect, condition) => {
    expect(await checkWith(engine, connect, condition)).toEqual([]);
  });

  test.each<[string, (db: Connection) => unknown, string]>([
    ['a step that throws', (db) => db.aggregate('f', { step: (_total, _x) => JSON.parse('{') }), 'f() failed'],
    [
      'a result that no column holds',
      (db) => db.aggregate('f', { start: () => ({}), step: (x, _a) => x }),
      'an object',
    ],
  ])('%s is the error of the application', async (_what, connect, message) => {
    const told = await checkWith(engine, connect, '(SELECT f(a) FROM t) = 1').catch((error: unknown) => [
      String(error),
    ]);
    expect(told).toMatchObject([expect.stringContaining(message)]);
  });

  test('no function at the end is an error of the config at its line', async () => {
    const connect = (db: Connection): unknown => Reflect.apply(db.function, db, ['f', {}]);
    await expect(checkWith(engine, connect, '1')).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringContaining('connect-forms.test.ts'),
    });
  });
});
