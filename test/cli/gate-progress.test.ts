import { expect, test } from 'vitest';
import { gateText } from '../../src/cli/progress.ts';

const mega = 1_000_000;

test.each<[string, number, number, number, string]>([
  ['copying app.db', 0, 900 * mega, 0, '0% copying app.db'],
  ['copying app.db', 90 * mega, 900 * mega, 1_999, '10% copying app.db'],
  ['2/4 0004_skills', 450 * mega, 900 * mega, 3_000, '50% 2/4 0004_skills, 150 MB/s, about 3 s left'],
  ['4/4 0006_last', 900 * mega, 900 * mega, 9_000, '99% 4/4 0006_last, 100 MB/s, about 0 s left'],
  ['1/1 0002_a', 100 * mega, 10_000 * mega, 60_000, '1% 1/1 0002_a, 2 MB/s, about 99 min left'],
  ['copying the standard input', 12 * mega, 0, 9_000, 'copying the standard input, 12 MB'],
  ['1/1 \u001b[2Ja', 0, 0, 0, '1/1 \\u{1b}[2Ja'],
])('%s, %d of %d bytes after %d ms', (what, done, total, elapsed, text) => {
  expect(gateText(what, { done, total }, elapsed)).toBe(text);
});
