import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyContent } from '../../src/files/copy.ts';
import { folderWith } from '../temporary.ts';

test.each([0, 1, 2 ** 20, 3 * 2 ** 20 + 5])('a file of %i bytes is copied over a longer one', (size) => {
  const folder = folderWith();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(from, Buffer.alloc(size, 'rows'));
  writeFileSync(to, Buffer.alloc(size + 10_000, 'old'));
  copyContent(from, to);
  expect(readFileSync(to).equals(readFileSync(from))).toBe(true);
});

/** It says that it has a page and holds a line: as a file that is cut off while it is copied. */
const shorter = '/sys/kernel/mm/transparent_hugepage/enabled';

test.skipIf(!existsSync(shorter))('a file that is shorter than its size is copied to its end', () => {
  const to = join(folderWith(), 'to');
  copyContent(shorter, to);
  expect(readFileSync(to, 'utf8')).toBe(readFileSync(shorter, 'utf8'));
  expect(statSync(to).size).toBeLessThan(statSync(shorter).size);
  expect(statSync(to).mode & 0o777).toBe(0o600);
});
