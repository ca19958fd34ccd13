/** Diffs and SELECTs that nobody reads on a terminal are cut there, and whole in the other formats. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check, render } from '../../src/api.ts';
import type { Report } from '../../src/model/report.ts';
import { askTexts } from '../../src/report/finding-text.ts';
import { diffLines } from '../../src/report/rewrite-text.ts';
import { folderWith } from '../temporary.ts';

const run = (files: Readonly<Record<string, string>>): Promise<Report> =>
  check({ migrations: join(folderWith(files), 'm'), dataset: ['one-row', 'awkward'] });

test('a long diff is cut after 48 lines, and the rest is counted', async () => {
  const table = (i: number, more = ''): string =>
    `CREATE TABLE t${i} (\n  id INTEGER PRIMARY KEY,\n  name TEXT NOT NULL${more}\n);\n`;
  const places = Array.from({ length: 6 }, (_, i) => i);
  const report = await run({
    'm/1_make.sql': places.map((i) => table(i)).join(''),
    'm/2_again.sql': places.map((i) => `DROP TABLE t${i};\n\n\n\n${table(i, ',\n  size INTEGER')}\n\n\n\n`).join(''),
  });
  const [finding] = report.findings;
  const diff = finding === undefined ? [] : diffLines(finding);
  expect(diff.length).toBeGreaterThan(60);
  const lines = render(report, 'terminal').split('\n');
  const first = lines.findIndex((line) => line.trim() === diff[0]);
  expect(lines.slice(first, first + 48)).toEqual(diff.slice(0, 48).map((line) => `    ${line}`));
  expect(lines[first + 48]).toContain(`${diff.length - 48} more lines of the diff`);
  expect(render(report, 'markdown')).toContain(diff.at(-1));
});

test('a long SELECT after the first one is counted', async () => {
  const renames = ['alpha', 'beta', 'gamma'].map(
    (word) => `UPDATE settings SET name = 'a new and longer name of ${word}' WHERE name = 'the old name of ${word}';`,
  );
  const report = await run({
    'm/1_make.sql': 'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);',
    'm/2_rename.sql': renames.join('\n'),
  });
  const asks = report.findings.flatMap(askTexts);
  const long = asks.slice(1).filter((query) => query.length > 480);
  expect(long.length).toBeGreaterThan(0);
  const text = render(report, 'terminal');
  expect(text).toMatch(/more SELECTs? (?:is|are) long: --format/);
  expect(text.match(/ Ask {5}SELECT/g)).toHaveLength(asks.length - long.length);
});
