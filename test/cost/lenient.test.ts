import { describe, expect, test } from 'vitest';
import { lenientForm, skippingForm } from '../../src/cost/lenient.ts';

describe('the form of a statement that stops at no constraint', () => {
  test.each<[string, string | null]>([
    ['INSERT INTO a SELECT 1', 'INSERT OR IGNORE INTO a SELECT 1'],
    ['/* INSERT */ update "OR" SET b = 1', '/* INSERT */ update OR IGNORE "OR" SET b = 1'],
    [
      'WITH c AS (SELECT 1) INSERT INTO a SELECT * FROM c',
      'WITH c AS (SELECT 1) INSERT OR IGNORE INTO a SELECT * FROM c',
    ],
    ['CREATE UNIQUE INDEX i ON a (b)', 'CREATE  INDEX i ON a (b)'],
    ['INSERT OR REPLACE INTO a SELECT 1', null],
    ['CREATE TRIGGER t AFTER UPDATE ON a BEGIN INSERT INTO b VALUES (1); END', null],
    ['ALTER TABLE a ADD COLUMN b NOT NULL', null],
    ['DELETE FROM a', null],
    ['', null],
  ])('%s', (sql, form) => {
    expect(lenientForm(sql)).toBe(form);
  });
});

describe('a trigger that skips what it refuses', () => {
  test.each([
    [
      "CREATE TRIGGER t BEFORE UPDATE ON a BEGIN SELECT RAISE(ABORT, 'no (b)') WHERE 1; SELECT raise ( fail, 'x' || upper('y') ); END",
      'CREATE TRIGGER t BEFORE UPDATE ON a BEGIN SELECT RAISE(IGNORE) WHERE 1; SELECT RAISE(IGNORE); END',
    ],
    [
      "CREATE TRIGGER t AFTER UPDATE ON a BEGIN UPDATE b SET c = 'RAISE(ABORT)'; END",
      "CREATE TRIGGER t AFTER UPDATE ON a BEGIN UPDATE b SET c = 'RAISE(ABORT)'; END",
    ],
  ])('%s', (sql, form) => {
    expect(skippingForm(sql)).toBe(form);
  });
});
