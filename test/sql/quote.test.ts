import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onOneLine, quoteName, quoteString, sameName, unquote } from '../../src/sql/quote.ts';

// SQLite ends a text at NUL, and half of a surrogate pair is no character.
const text = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((value) => !value.includes('\0') && value.isWellFormed());

describe('quoting', () => {
  test('every name returns unchanged from SQLite', () => {
    const db = new Sqlite(':memory:');
    fc.assert(
      fc.property(text, (name) => {
        const [column] = db.prepare(`SELECT 1 AS ${quoteName(name)}`).columns();
        expect(column?.name).toBe(name);
        expect(unquote(quoteName(name))).toBe(name);
      }),
    );
  });

  test('every text returns unchanged from SQLite', () => {
    const db = new Sqlite(':memory:');
    fc.assert(
      fc.property(text, (value) => {
        expect(
          db
            .prepare(`SELECT ${quoteString(value)}`)
            .pluck()
            .get(),
        ).toBe(value);
      }),
    );
  });

  test.each([
    ['"a""b"', 'a"b'],
    ['`a``b`', 'a`b'],
    ['[a b]', 'a b'],
    ["'a'", 'a'],
    ['a', 'a'],
  ])('%s is the name %s', (token, name) => {
    expect(unquote(token)).toBe(name);
  });

  test('names are equal except for the case of ASCII letters', () => {
    expect(sameName('Users', 'USERS')).toBe(true);
    expect(sameName('Größe', 'größe')).toBe(true);
    expect(sameName('Ä', 'ä')).toBe(false);
  });

  test('a statement on one line keeps its strings', () => {
    expect(onOneLine("INSERT -- why\n  INTO a /* b */ VALUES ('x\n  y')")).toBe("INSERT INTO a VALUES ('x\n  y')");
  });
});
