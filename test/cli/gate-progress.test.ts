import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../../src/api.ts';
import { gateText, shownGate } from '../../src/cli/progress.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';

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

test('the rate and the time left are those of the copy first, and of the migrations then', () => {
  const shown: string[] = [];
  let clock = 0;
  const show = shownGate(
    (text) => void shown.push(text),
    () => clock,
  );
  for (const [time, done] of [
    [0, 0],
    [4_000, 80],
    [9_000, 180],
    [10_000, 0],
    [14_000, 40],
  ] as const) {
    clock = time;
    show('a', { done: done * mega, total: 200 * mega });
  }
  expect(shown).toEqual([
    '0% a',
    '40% a, 20 MB/s, about 6 s left',
    '90% a, 20 MB/s, about 1 s left',
    '0% a',
    '20% a, 10 MB/s, about 16 s left',
  ]);
});

test('a gate tells its share, which grows with its copy and with its migrations', async () => {
  const folder = folderWith({
    'm/1_a.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);',
    'm/2_b.sql': 'ALTER TABLE t ADD COLUMN w TEXT;',
    'm/3_c.sql': "UPDATE t SET w = 'w';",
  });
  const file = join(folderWith(), 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file, to: 1 });
  const told: [string, number][] = [];
  await gate(
    { migrations: join(folder, 'm') },
    {
      file,
      progress: (what, { done, total }) =>
        void told.push([what.replace(file, 'app.db'), Math.floor((100 * done) / total)]),
    },
  );
  expect(told.map(([what]) => what)).toEqual(expect.arrayContaining(['checking the copy of app.db', '2/2 3_c']));
  const first = told.findIndex(([what]) => what.startsWith('1/2'));
  for (const part of [told.slice(0, first), told.slice(first)]) {
    const shares = part.map(([, share]) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(Math.max(...shares)).toBeLessThanOrEqual(100);
  }
  expect(told.slice(first)).toEqual([
    ['1/2 2_b', 0],
    ['1/2 2_b, judging', 42],
    ['2/2 3_c', 57],
    ['2/2 3_c, judging', 85],
  ]);
});
