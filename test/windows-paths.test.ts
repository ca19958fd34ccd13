/** Paths and words of Windows, as far as they can be tested elsewhere. */
import { win32 } from 'node:path';
import { expect, test } from 'vitest';
import { pathOfFrame } from '../src/blame.ts';
import { quoteForShell, shellWords } from '../src/programs/shell-words.ts';

test.each([
  ['file:///C:/my%20app/migrations/1_a.ts?again=2', 'C:\\my app\\migrations\\1_a.ts'],
  ['C:/app/migrations/1_a.ts', 'C:\\app\\migrations\\1_a.ts'],
  ['C:\\app\\migrations\\1_a.ts', 'C:\\app\\migrations\\1_a.ts'],
  ['file://server/share/1_a.ts', '\\\\server\\share\\1_a.ts'],
])('the frame %s lies in the folder that resolve() gives', (frame, path) => {
  expect(pathOfFrame(frame, true)).toBe(path);
  expect(win32.resolve(win32.dirname(path), '1_a.ts')).toBe(path);
});

test('a frame of another system stays as it is', () => {
  expect(pathOfFrame('/app/C:/1_a.ts', false)).toBe('/app/C:/1_a.ts');
  expect(pathOfFrame('file:///app/a%20b.ts?x=1', false)).toBe('/app/a b.ts');
});

test.each([
  ['C:\\app\\a.db', 'C:\\app\\a.db', 'C:\\app\\a.db'],
  ['C:\\my app\\a.db', '"C:\\my app\\a.db"', "'C:\\my app\\a.db'"],
  ["it's", '"it\'s"', "'it'\\''s'"],
])('%s is quoted for each shell', (value, windows, posix) => {
  expect(quoteForShell(value, true)).toBe(windows);
  expect(quoteForShell(value, false)).toBe(posix);
});

test('words of a command, with what an option is set to', () => {
  expect(shellWords('migrate --db="C:\\my app\\a.db" up', true)).toContain('C:\\my app\\a.db');
  expect(shellWords('migrate --db=C:\\app\\a.db', true)).toContain('C:\\app\\a.db');
  expect(shellWords('cd \'/my app\' && ./up --db=/my\\ app/a.db "x\\"y"', false)).toEqual(
    expect.arrayContaining(['/my app', '/my app/a.db', 'x"y']),
  );
});
