/** The report on terminals of any width: no line is wider, and no word is broken. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { plain } from '../../src/report/paint.ts';
import { columnsOf, shorten, wrap } from '../../src/report/printable.ts';
import { renderTable } from '../../src/report/table.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { cleanReport, gateReport, lossReport, outageReport } from './demonstration.ts';

/** The lines of a corrected migration are not broken, so that they can be copied. */
const withoutRewrites = (report: Report): Report => ({
  ...report,
  findings: report.findings.map(({ rewrite: _, ...finding }) => finding),
});

describe.each([
  ['clean', cleanReport],
  ['outage', outageReport],
  ['cascade', lossReport],
  ['gate', gateReport],
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

describe('characters that take two columns, or none', () => {
  const names = ['0001_初期化', '0002_👩‍👩‍👧_family', '0003_cafe\u0301', '0004_plain'];

  /** A clean report of migrations with these names. */
  const renamed = async (): Promise<Report> => {
    const report = await cleanReport();
    const [first] = report.steps;
    if (first === undefined) throw new Error('the demonstration has steps');
    return { ...report, datasets: [first.dataset], steps: names.map((migration) => ({ ...first, migration })) };
  };

  test.each([60, 120])('leave the marks of the table in one column at %i columns', async (width) => {
    const lines = renderTable(await renamed(), plain, width).slice(1);
    expect(lines).toHaveLength(names.length);
    const places = lines.map((line) => columnsOf(line.slice(0, line.indexOf('✓'))));
    expect(new Set(places).size).toBe(1);
  });

  test('are neither cut in two nor counted as one when a text is shortened', () => {
    expect(shorten('初期化する', 6)).toBe('初期…');
    expect(shorten('👩‍👩‍👧👩‍👩‍👧', 3)).toBe('👩‍👩‍👧…');
    expect(shorten('👩‍👩‍👧👩‍👩‍👧', 4)).toBe('👩‍👩‍👧👩‍👩‍👧');
    expect(shorten('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
  });

  test('count as they show when lines are broken', () => {
    expect(wrap('初期 化 abc', 7)).toEqual(['初期 化', 'abc']);
  });

  test('no shortened text is wider than asked, and each begins the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const short = shorten(text, width);
        expect(columnsOf(short)).toBeLessThanOrEqual(width);
        expect(short === text || text.startsWith(short.slice(0, -1).trimEnd())).toBe(true);
      }),
    );
  });
});
