import { describe, expect, test } from 'vitest';
import type { HazardKind } from '../../src/model/hazard.ts';
import { rulesOut } from '../../src/profile/rules-out.ts';
import { captured } from './capturing.ts';

const clean = `CREATE TABLE p (id INTEGER PRIMARY KEY);
  CREATE TABLE t (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p(id), name TEXT, n INTEGER, doc TEXT, pair TEXT);
  INSERT INTO p VALUES (1), (2), (3);
  INSERT INTO t VALUES (1, 1, 'ann', 1, '{"a":1}', 'x'), (2, 2, 'bob', 2, '{"a":2}', 'y'), (3, 3, 'cy', 3, '{}', 'z');`;

/** For each kind the columns, and a change of the clean rows after which it is there. */
const kinds: readonly (readonly [HazardKind, readonly string[], string])[] = [
  ['null', ['name'], 'UPDATE t SET name = NULL WHERE id = 1'],
  ['duplicate', ['name'], "UPDATE t SET name = 'ann' WHERE id = 2"],
  ['duplicate', ['name', 'pair'], "UPDATE t SET name = 'ann', pair = 'x' WHERE id = 2"],
  ['orphan', ['p_id'], 'PRAGMA foreign_keys = OFF; UPDATE t SET p_id = 9 WHERE id = 1'],
  ['many-children', ['p_id'], 'UPDATE t SET p_id = 1'],
  ['malformed-json', ['doc'], "UPDATE t SET doc = '{' WHERE id = 1"],
  ['malformed-json', ['doc'], "UPDATE t SET doc = 'plain' WHERE id = 1"],
  ['text-in-number', ['n'], "UPDATE t SET n = 'many' WHERE id = 1"],
  ['case-variant', ['name'], "UPDATE t SET name = 'ANN' WHERE id = 2"],
  ['empty-text', ['name'], "UPDATE t SET name = '' WHERE id = 1"],
  ['padded-text', ['name'], "UPDATE t SET name = ' ann' WHERE id = 1"],
  ['leading-zeros', ['name'], "UPDATE t SET name = '007' WHERE id = 1"],
  ['unicode-text', ['name'], "UPDATE t SET name = 'Ünal' WHERE id = 1"],
  ['zero', ['n'], 'UPDATE t SET n = 0 WHERE id = 1'],
  ['negative', ['n'], 'UPDATE t SET n = -1 WHERE id = 1'],
  ['big-integer', ['n'], 'UPDATE t SET n = 9007199254740993 WHERE id = 1'],
];

describe('a profile', () => {
  test.each(kinds)('rules out %s of %j until production has it', (kind, columns, change) => {
    const label = { kind, table: 'T', columns, needs: '', query: '' };
    expect(rulesOut(captured(clean), label)).toBe(true);
    expect(rulesOut(captured(`${clean} ${change};`), label)).toBe(false);
  });

  test('rules out nothing about unknown columns', () => {
    const profile = captured(clean);
    const label = { kind: 'null', needs: '', query: '' } as const;
    expect(rulesOut(profile, { ...label, table: 'newer', columns: ['name'] })).toBe(false);
    expect(rulesOut(profile, { ...label, table: 't', columns: ['newer'] })).toBe(false);
    expect(rulesOut(profile, { ...label, kind: 'zoned-time', table: 't', columns: ['name'] })).toBe(false);
  });

  test('rules out nothing about values of few rows', () => {
    const rows = (count: number): string => `CREATE TABLE t (n, doc TEXT);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO t SELECT i, '{}' FROM n;`;
    const tiny = captured(rows(3), { atLeast: 5 });
    const mixed = captured(`${rows(100)} UPDATE t SET n = 'ANN' WHERE n = 1; UPDATE t SET doc = 5 WHERE n = 2;`, {
      atLeast: 5,
    });
    const label = { table: 't', needs: '', query: '' } as const;
    for (const kind of ['null', 'duplicate', 'malformed-json'] as const)
      expect(rulesOut(tiny, { ...label, kind, columns: ['doc'] })).toBe(false);
    for (const kind of ['padded-text', 'case-variant', 'empty-text', 'text-in-number'] as const)
      expect(rulesOut(mixed, { ...label, kind, columns: ['n'] })).toBe(false);
    expect(rulesOut(mixed, { ...label, kind: 'null', columns: ['n'] })).toBe(true);
  });

  test('one row in ten thousand counts', () => {
    const rows = `CREATE TABLE t (doc TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
      INSERT INTO t SELECT '{}' FROM n; UPDATE t SET doc = '{' WHERE rowid = 1;`;
    const label = { kind: 'malformed-json', table: 't', columns: ['doc'], needs: '', query: '' } as const;
    expect(rulesOut(captured(rows), label)).toBe(false);
  });
});
