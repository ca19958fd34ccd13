import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, render } from '../../src/api.ts';
import type { Report } from '../../src/model/report.ts';
import { isFormat, reporters } from '../../src/report/reporters.ts';
import { folderWith } from '../temporary.ts';
import { cleanReport, gateReport, lossReport, outageReport } from './demonstration.ts';

describe.each([
  ['clean', cleanReport],
  ['outage', outageReport],
  ['cascade', lossReport],
  ['gate', gateReport],
] as const)('%s', (name, makeReport) => {
  test('for a terminal', async () => {
    await expect(render(await makeReport(), 'terminal')).toMatchFileSnapshot(`goldens/${name}.txt`);
  });

  test('as JSON', async () => {
    await expect(render(await makeReport(), 'json')).toMatchFileSnapshot(`goldens/${name}.json`);
  });
});

test('JSON has the shape that programs rely on', async () => {
  const parsed: { steps: unknown[]; findings: unknown[] } = JSON.parse(render(await outageReport(), 'json'));
  expect(parsed).toMatchObject({
    rowproof: '0.0.0',
    schemaVersion: 1,
    settings: {
      foreignKeys: true,
      transaction: 'per-migration',
      doubleQuotedStrings: false,
      engine: 'better-sqlite3',
      sqliteVersion: '3.0.0',
    },
    seed: 1,
    summary: { errors: 1, warnings: 0, notes: 0, migrations: 5 },
  });
  expect(parsed.steps).toContainEqual({
    migration: '0002_publishers',
    position: 2,
    id: '0002',
    dataset: 'one-row',
    outcome: 'failed',
  });
  expect(parsed.findings).toEqual([
    expect.objectContaining({
      code: 'fails-on-rows',
      cause: 'add-column-references-default',
      severity: 'error',
      migration: '0002_publishers',
      file: 'migrations/0002_publishers.sql',
      line: 41,
      statement: 6,
      table: 'pipelines',
      datasets: ['fixture', 'one-row', 'typical', 'awkward'],
      message: 'Cannot add a REFERENCES column with non-NULL default value',
    }),
  ]);
});

describe('hostile names', () => {
  const evil = '\u001b[31mred\u0007\u202etxt';

  test('do not control the terminal', async () => {
    const folder = folderWith({
      'm/1_a.sql': `CREATE TABLE "${evil}" (id INTEGER PRIMARY KEY);`,
      'm/2_b.sql': `ALTER TABLE "${evil}" ADD COLUMN "a\nb" NOT NULL;`,
    });
    const text = render(await check({ migrations: join(folder, 'm') }), 'terminal');
    expect(text).toMatch(/rows of \\u\{1b\}\[31mred\\u\{7\}\\u\{202e\}txt are in the way/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

test('a long history is folded, and findings stand out', async () => {
  const files: Record<string, string> = {};
  for (let i = 1; i <= 40; i++)
    files[`m/${String(i).padStart(4, '0')}_step.sql`] = `CREATE TABLE t${i} (id INTEGER PRIMARY KEY);`;
  files['m/0041_bad.sql'] = 'ALTER TABLE t7 ADD COLUMN a INTEGER NOT NULL;';
  const lines = render(await check({ migrations: join(folderWith(files), 'm') }), 'terminal').split('\n');
  expect(lines.filter((line) => /^ {2}0\d/.test(line)).map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual([
    '0001 … 0040 (40 migrations) ✓ ✓ ✓ ✓',
    '0041_bad ✓ ✗ ✗ ✗',
  ]);
});

describe('no reporter lets a name control the terminal', () => {
  const codes = [...Array(0xa0).keys(), 0xad, 0x61c, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0xfeff, 0xe0001];
  const ranges = [
    [0x202a, 0x202e],
    [0x2060, 0x206f],
  ].flatMap(([from = 0, to = 0]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
  const hostile = [...codes, ...ranges]
    .filter((code) => code > 0 && (code < 0x20 || code >= 0x7f))
    .map((code) => String.fromCodePoint(code))
    .join('');

  const hostileReport = async (): Promise<Report> => {
    const name = `"t${hostile}"`;
    const folder = folderWith({
      'm/1.sql': `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, "c${hostile}" TEXT);`,
      'm/2.sql': `ALTER TABLE ${name} ADD COLUMN "d${hostile}" TEXT NOT NULL; -- ${hostile.replaceAll('\n', '')}`,
      's/1.sql': `INSERT INTO ${name} VALUES (1, 'v${hostile}');`,
    });
    return check({ migrations: join(folder, 'm'), seeds: join(folder, 's'), dataset: ['fixture'] });
  };

  test.each(Object.keys(reporters).filter(isFormat))('%s', async (format) => {
    const report = await hostileReport();
    expect(JSON.stringify(report)).toContain('\u007f');
    const text = render(report, format);
    expect([...hostile].filter((character) => character !== '\n' && text.includes(character))).toEqual([]);
    // The content of the JSON is the same as before.
    if (format === 'json') expect(JSON.parse(text).findings[0].table).toBe(report.findings[0]?.table);
  });
});
