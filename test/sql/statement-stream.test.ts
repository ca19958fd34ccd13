import fc from 'fast-check';
import { expect, test } from 'vitest';
import { streamStatements } from '../../src/sql/statement-stream.ts';
import { splitStatements } from '../../src/sql/statements.ts';

const pieces = [
  'SELECT 1;',
  "INSERT INTO t VALUES('a;b''c', x'00', -1.5e3);",
  '-- a; comment\n',
  '/* one; two */',
  'CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; UPDATE t SET a = 1; END;',
  'CREATE TABLE "x;y" ([z;] TEXT, `w` TEXT);\n',
  "INSERT INTO t VALUES('zwei\nZeilen 😀');",
  '\n\n',
  ';;',
  'SELECT 2',
];

test('a text in parts has the statements and lines of the whole text', () => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }), (sql, sizes) => {
      const stream = streamStatements();
      const found = [];
      for (let at = 0, i = 0; at < sql.length; i++) {
        const size = 1 + (sizes[i % sizes.length] ?? 0);
        found.push(...stream.add(sql.slice(at, at + size)));
        at += size;
      }
      found.push(...stream.end());
      const places = found.map((each) => ({ sql: each.sql, line: each.line }));
      expect(places).toEqual(splitStatements(sql).map((each) => ({ sql: each.sql, line: each.line })));
    }),
    { numRuns: 300, seed: 1 },
  );
});

test.each([
  ['SELECT 1;', [false]],
  ['SELECT 1; -- the end', [false]],
  ['SELECT 1; SELECT 2', [false, true]],
  ["SELECT 1; INSERT INTO t VALUES ('cut; here", [false, true]],
  ['CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; SELECT 2;', [true]],
])('only the last statement may be open: %j', (sql, open) => {
  const stream = streamStatements();
  expect([...stream.add(sql), ...stream.end()].map(({ isOpen }) => isOpen)).toEqual(open);
});
