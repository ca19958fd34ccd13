import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitStatements } from '../../src/sql/statements.ts';

const texts = (sql: string): string[] => splitStatements(sql).map((statement) => statement.sql);

describe('splitStatements', () => {
  test.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['comments and semicolons alone', '-- a\n;;/* b; */;', []],
    ['a last statement without its semicolon', 'SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    [
      'semicolons in all four quotings',
      `SELECT ';', ";", \`;\`, [;];SELECT 2`,
      [`SELECT ';', ";", \`;\`, [;]`, 'SELECT 2'],
    ],
    ['doubled quotes', `SELECT 'it''s;' ; SELECT "a"";b"`, [`SELECT 'it''s;'`, `SELECT "a"";b"`]],
    ['comments inside a statement', 'SELECT 1 -- ;\n, 2 /* ; */ ; SELECT 3', ['SELECT 1 -- ;\n, 2', 'SELECT 3']],
    [
      'a trigger with CASE … END and several statements',
      'CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; UPDATE a SET b = 1; END; SELECT 1',
      ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; UPDATE a SET b = 1; END', 'SELECT 1'],
    ],
    [
      'a temporary trigger',
      'CREATE TEMPORARY TRIGGER t DELETE ON a BEGIN SELECT 1; END; SELECT 2',
      ['CREATE TEMPORARY TRIGGER t DELETE ON a BEGIN SELECT 1; END', 'SELECT 2'],
    ],
    ['a table called trigger', 'CREATE TABLE "trigger" (a); SELECT 1', ['CREATE TABLE "trigger" (a)', 'SELECT 1']],
    [
      'EXPLAIN of a trigger',
      'EXPLAIN QUERY PLAN CREATE TRIGGER t DELETE ON a BEGIN SELECT 1; END; SELECT 2',
      ['EXPLAIN QUERY PLAN CREATE TRIGGER t DELETE ON a BEGIN SELECT 1; END', 'SELECT 2'],
    ],
    ['a block comment that does not end', 'SELECT 1; /* no; end', ['SELECT 1']],
    ['a string that does not end', "SELECT 1; SELECT 'no; end", ['SELECT 1', "SELECT 'no; end"]],
    ['blob literals', "SELECT x'3B', X'3b'; SELECT 2", ["SELECT x'3B', X'3b'", 'SELECT 2']],
    ['drizzle breakpoints', 'SELECT 1;\n--> statement-breakpoint\nSELECT 2;', ['SELECT 1', 'SELECT 2']],
  ])('%s', (_name, sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  test('lines count from the first token, with any line ends', () => {
    const sql = '-- head\r\n\r\nCREATE TABLE a (\r\n  b\r\n);\r\n/* two\r\nlines */ DROP TABLE a;';
    expect(splitStatements(sql).map(({ line, endLine }) => [line, endLine])).toEqual([
      [3, 5],
      [7, 7],
    ]);
  });

  test('agrees with SQLite on where statements end, on random texts', () => {
    const db = new Sqlite(':memory:');
    const piece = fc.constantFrom(
      'SELECT 1',
      'CREATE',
      'TRIGGER',
      'TEMP',
      'BEGIN',
      'END',
      'EXPLAIN',
      ';',
      ';',
      "'",
      '"',
      '`',
      '[',
      ']',
      '--',
      '\n',
      '/*',
      '*/',
      ' ',
      'a',
      '(',
      ')',
      "x'",
      '1e',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const sql = pieces.join(' ');
        // Put together again, the statements say the same; and SQLite sees one statement, at most, in each.
        for (const text of texts(sql))
          expect(prepareError(db, text)).not.toMatch(/more than one statement|no statements/);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  test('reads a statement of a megabyte', () => {
    const sql = `INSERT INTO a VALUES ('${'x'.repeat(1_000_000)}'), ('${"''".repeat(100_000)}'); SELECT 1`;
    expect(texts(sql)).toHaveLength(2);
  });
});

function prepareError(db: Sqlite.Database, sql: string): string {
  try {
    db.prepare(sql);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
