/** A first run on a long history fits a screen; whatever it folds is counted, and other formats tell it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check, render } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import type { Report } from '../../src/model/report.ts';
import { breadth } from '../breadth.ts';
import { folderWith } from '../temporary.ts';

/** Steps that go wrong in a few ways, over and over. */
const kinds = [
  (table: string) =>
    `CREATE TABLE ${table} (id INTEGER PRIMARY KEY, name TEXT, city TEXT); CREATE INDEX i_${table} ON ${table} (city);`,
  (table: string) => `CREATE UNIQUE INDEX u_${table} ON ${table} (name);`,
  (table: string) => `ALTER TABLE ${table} ADD COLUMN size INTEGER NOT NULL;`,
  (table: string) =>
    `CREATE TABLE n_${table} (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT); INSERT INTO n_${table} SELECT id, name, city FROM ${table}; DROP TABLE ${table}; ALTER TABLE n_${table} RENAME TO ${table};`,
  (table: string) => `DELETE FROM ${table} WHERE id = 1;`,
];

function history(rounds: number): Record<string, string> {
  const files = Array.from({ length: rounds }, (_, round) =>
    kinds.map((kind, i): [string, string] => [
      `m/${String(round * kinds.length + i + 1).padStart(4, '0')}_a_step_of_a_long_history.sql`,
      kind(`t${round}`),
    ]),
  );
  return Object.fromEntries(files.flat());
}

async function run(files: Record<string, string>, config: Config = {}): Promise<Report> {
  return check({
    migrations: join(folderWith(files), 'm'),
    dataset: ['one-row', 'awkward'],
    rewrites: false,
    ...config,
  });
}

/** The findings that a folded report counts, beside those that it shows. */
function folded(text: string): number {
  return [...text.matchAll(/^[✗!·] +(\d+) × /gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

test.each(breadth([5], [5, 20]))('of %i rounds fits a screen, and counts what it does not show', async (rounds) => {
  const report = await run(history(rounds));
  const text = render(report, 'terminal');
  expect(text.split('\n').length).toBeLessThanOrEqual(42);
  const shown = text.split('\n').filter((line) => /^[✗!·] \d{4}_a_step/.test(line)).length;
  expect(shown).toBeGreaterThan(0);
  expect(shown + folded(text)).toBe(report.findings.length);
  expect(text).toContain('--since');
  const parsed: { findings: unknown[] } = JSON.parse(render(report, 'json'));
  expect(parsed.findings).toHaveLength(report.findings.length);
  const whole = render(report, 'markdown');
  for (const { migration } of report.findings) expect(whole).toContain(migration.replaceAll('_', '\\_'));
});

test('shows in full an error of the newest migrations first', async () => {
  const report = await run(history(5));
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  const [first = ''] = render(report, 'terminal').match(/^✗ \d{4}_a_step_of_a_long_history/m) ?? [];
  expect(first).toContain(
    errors
      .map(({ migration }) => migration)
      .sort()
      .at(-1),
  );
});

test('folds nothing once the run is told what is applied', async () => {
  const report = await run(history(5), { since: 10 });
  expect(folded(render(report, 'terminal'))).toBe(0);
});
