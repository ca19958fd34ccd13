/** The report on terminals of any width: no line is wider, and no word is broken. */
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { plain } from '../../src/report/paint.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { cleanReport, lossReport, outageReport } from './demonstration.ts';

/** The lines of a corrected migration are not broken, so that they can be copied. */
const withoutRewrites = (report: Report): Report => ({
  ...report,
  findings: report.findings.map(({ rewrite: _, ...finding }) => finding),
});

describe.each([
  ['clean', cleanReport],
  ['outage', outageReport],
  ['cascade', lossReport],
] as const)('%s', (_name, makeReport) => {
  const linesAt = (report: Report, width: number): string[] =>
    renderTerminal(withoutRewrites(report), { paint: plain, width }).trimEnd().split('\n');

  test.each([60, 80, 120, 200])('fits %i columns; only a word that no line holds is wider', async (width) => {
    const wide = linesAt(await makeReport(), width).filter((line) => line.length > width);
    expect(wide.filter((line) => line.trim().includes(' '))).toEqual([]);
  });

  test.each([60, 80, 120])('breaks no word at %i columns', async (width) => {
    const report = await makeReport();
    const known = new Set(linesAt(report, 10_000).join(' ').split(/\s+/));
    const words = linesAt(report, width).flatMap((line) => line.split(/\s+/));
    expect(words.filter((word) => word !== '' && !known.has(word) && !word.endsWith('…'))).toEqual([]);
  });
});

test('marks the line of a finding between its neighbours, with their numbers', async () => {
  const lines = renderTerminal(await lossReport(), { paint: plain, width: 120 }).split('\n');
  const at = lines.findIndex((line) => line.startsWith('    > 13 │ INSERT INTO pipelines_new'));
  expect(lines[at + 1]).toMatch(/^ {6}14 │ SELECT id, publisher_id/);
});
