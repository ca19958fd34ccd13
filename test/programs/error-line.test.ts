import { expect, test } from 'vitest';
import { lineOfError } from '../../src/text/error-line.ts';

test.each([
  [
    'Parse error near line 1: table prices already exists\n  CREATE TABLE prices (id);\n   error here ---^\n',
    'Parse error near line 1: table prices already exists',
  ],
  ['Runtime error near line 3: database is locked (5)\n', 'Runtime error near line 3: database is locked (5)'],
  ['applied 1\nerror: UNIQUE constraint failed: a.b\nfailed\n', 'error: UNIQUE constraint failed: a.b'],
  ['Error: it is locked\n    at run (file.js:1:2)\n', 'Error: it is locked'],
  ['one\ntwo\n', 'two'],
  ['', ''],
])('the line of an error in %j', (text, line) => {
  expect(lineOfError(text)).toBe(line);
});
