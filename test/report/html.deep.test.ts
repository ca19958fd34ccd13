/** The page in a real browser: what it shows, how it is used, and that nothing leaves it. Skipped without a Chromium. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { render } from '../../src/api.ts';
import type { Report } from '../../src/model/report.ts';
import { folderWith } from '../temporary.ts';
import { findChromium, launch, noBrowser } from './browser.ts';
import { cleanReport, lossReport, outageReport } from './demonstration.ts';
import { hostileReport, hostileTexts } from './hostile.ts';

/** How long a busy machine may take for what a browser does by itself. */
const patient = { timeout: 60_000 };

const chromium = findChromium();
let browser: Browser | null = null;
beforeAll(async () => {
  if (chromium !== null) browser = await launch(chromium);
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(({ skip }) => {
  if (chromium === null) skip(noBrowser);
});

interface Opened {
  readonly page: Page;
  /** Errors, messages of the console, dialogs and requests. */
  readonly events: readonly string[];
}

async function open(html: string, options: BrowserContextOptions = {}): Promise<Opened> {
  if (browser === null) throw new Error(noBrowser);
  const file = join(folderWith(), 'report.html');
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const events: string[] = [];
  page.on('pageerror', ({ message }) => events.push(`error: ${message}`));
  page.on('console', (message) => events.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    events.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url) events.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, events };
}

/** A report of many migrations and findings, made from one that has a few. */
function enlarged(report: Report, migrations: number, count: number): Report {
  const name = (i: number): string => `${String(i % migrations).padStart(4, '0')}_step`;
  const findings = Array.from({ length: count }, (_, i) => {
    const finding = report.findings[i % report.findings.length];
    if (finding === undefined) throw new Error('the report needs a finding to copy');
    const message = `${finding.message} ${i}`;
    return { ...finding, message, fingerprint: String(i), migration: name(i), table: `table_${i % 300}` };
  });
  const steps = Array.from({ length: migrations }, (_, i) =>
    report.datasets.map((dataset) => {
      const place = { migration: name(i), position: i + 1, id: String(i) };
      return { ...place, dataset, outcome: 'applied' as const };
    }),
  );
  return { ...report, findings, steps: steps.flat() };
}

test.each([
  [1, 1],
  [5, 1],
  [6, 0],
])('of %i findings %i is open from the start', async (findings, opened) => {
  const { page } = await open(render(enlarged(await outageReport(), 3, findings), 'html'));
  await page.locator('details.finding').first().waitFor(patient);
  expect(await page.locator('details.finding[open]').count()).toBe(opened);
});

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { colorScheme: 'light', viewport: { width: 400, height: 800 } },
};

describe.each(Object.entries(looks))('%s', (_, look) => {
  test.each([
    ['clean', cleanReport],
    ['outage', outageReport],
    ['cascade', lossReport],
  ] as const)('axe finds no fault in %s, and nothing is wider than the screen', async (_name, makeReport) => {
    const { page, events } = await open(render(await makeReport(), 'html'), look);
    for (const summary of await page.locator('.finding > summary').all()) await summary.click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await page.locator('#counts svg[role=img], #schema svg[role=img]').count()).toBeGreaterThan(10);
    expect(events).toEqual([]);
  });
});

test('hostile names and values are shown and do nothing', async () => {
  const { page, events } = await open(render(hostileReport(await outageReport()), 'html'));
  for (const summary of await page.locator('.finding > summary').all()) await summary.click();
  expect(await page.locator('img, a[href^="javascript"], main script').count()).toBe(0);
  expect(await page.locator('.finding').count()).toBe(hostileTexts.length);
  const text = await page.locator('#findings').textContent();
  for (const shown of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '=HYPERLINK("http://evil.test")'])
    expect(text).toContain(shown);
  expect(events).toEqual([]);
});

test('a cell of the map chooses its findings by the keyboard, and a line of the list opens', async () => {
  const { page } = await open(render(await lossReport(), 'html'));
  await page.locator('.map button').last().focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('[role=status]').first().textContent()).toBe('3 of 3 findings');
  expect(await page.evaluate('document.activeElement?.id')).toBe('findings');
  await page.locator('.map button').first().press('Enter');
  expect(await page.locator('[role=status]').first().textContent()).toBe('2 of 3 findings');
  await page.locator('.finding > summary').first().press('Enter');
  expect(await page.locator('.finding').first().locator('mark').textContent()).toMatch(/^> 16 │ DROP TABLE pipelines;/);
});

test('the schema marks what a cascade reached, and says so', async () => {
  const { page } = await open(render(await lossReport(), 'html'));
  const reached = 'runs (CASCADE), subtask_instances (CASCADE), subtask_results (CASCADE), agent_actions (SET NULL)';
  expect(await page.locator('#schema [role=status]').textContent()).toBe(`A DELETE from pipelines reaches ${reached}.`);
  expect(await page.locator('#schema .table.reached').count()).toBe(4);
});

test('filters by severity, code, table and words agree with the findings', async () => {
  const report = await lossReport();
  const { page } = await open(render(report, 'html'));
  const shown = (): Promise<number> => page.locator('.finding').count();
  await page.locator('input[value=error]').uncheck();
  expect(await shown()).toBe(report.findings.filter(({ severity }) => severity !== 'error').length);
  await page.locator('button[type=reset]').click();
  await expect.poll(shown, patient).toBe(report.findings.length);
  await page.locator('select[name=code]').selectOption('values-changed');
  expect(await shown()).toBe(report.findings.filter(({ code }) => code === 'values-changed').length);
  await page.locator('button[type=reset]').click();
  await expect.poll(shown, patient).toBe(report.findings.length);
  await page.locator('select[name=table]').selectOption('runs');
  expect(await shown()).toBe(report.findings.filter(({ table }) => table === 'runs').length);
  await page.locator('input[name=words]').fill('no such word');
  expect(await shown()).toBe(0);
});

test('of ten thousand findings only those are made that somebody looks at, and the filters find the others', async () => {
  const { page, events } = await open(render(enlarged(await lossReport(), 1000, 10_000), 'html'));
  expect(await page.locator('[role=status]').first().textContent()).toBe('10000 of 10000 findings');
  expect(await page.locator('.finding').count()).toBeLessThanOrEqual(200);
  await page.locator('select[name=migration]').selectOption('0999_step');
  expect(await page.locator('.finding').count()).toBe(10);
  expect(events).toEqual([]);
});

test('a report of a thousand migrations with a finding each weighs less than 3 MB', async () => {
  expect(Buffer.byteLength(render(enlarged(await lossReport(), 1000, 1000), 'html'))).toBeLessThan(3_000_000);
});

test('a printed page opens its findings and leaves out what only a screen can use', async () => {
  const { page } = await open(render(await lossReport(), 'html'));
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.finding .body:visible').count()).toBe(3);
  expect(await page.locator('.filters:visible, .copy:visible').count()).toBe(0);
});
