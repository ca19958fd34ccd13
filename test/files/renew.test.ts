import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasSameContent, renewContent } from '../../src/files/renew.ts';
import { folderWith } from '../temporary.ts';

const mega = 2 ** 20;

/** Files of a size with a few bytes changed. */
function changed(size: number, ...places: readonly number[]): Buffer {
  const bytes = Buffer.alloc(size, 'rows of production');
  for (const place of places) bytes[place] = 0;
  return bytes;
}

test.each<[string, Buffer, Buffer | null]>([
  ['nothing there', changed(3 * mega + 5), null],
  ['an equal file', changed(2 * mega), changed(2 * mega)],
  ['an empty file over a longer one', changed(0), changed(10)],
  ['a file over an empty one', changed(mega + 1), changed(0)],
  ['the first and the last byte', changed(2 * mega + 7), changed(2 * mega + 7, 0, 2 * mega + 6)],
  ['bytes beside the limits of blocks', changed(3 * mega), changed(3 * mega, 16_383, 16_384, mega - 1, mega, 2 * mega)],
  ['a longer file', changed(2 * mega + 100, mega), changed(mega - 100)],
  ['a shorter file', changed(mega), changed(5 * mega, 5)],
])('a copy is renewed: %s', (_, content, had) => {
  const folder = folderWith();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(from, content);
  if (had !== null) writeFileSync(to, had);
  expect(had !== null && hasSameContent(from, to)).toBe(had?.equals(content) ?? false);
  renewContent(from, to);
  expect(hasSameContent(to, from)).toBe(true);
  expect(readFileSync(to).equals(content)).toBe(true);
  expect(readFileSync(from).equals(content)).toBe(true);
});
