/** The reports for other programs: each is what its reader takes, whatever the names and values are. */

import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { parse } from 'junit2json';
import { describe, expect, test } from 'vitest';
import { render } from '../../src/api.ts';
import type { Report } from '../../src/model/report.ts';
import { cleanReport, gateReport, lossReport, outageReport } from './demonstration.ts';
import { hostileReport, hostileTexts } from './hostile.ts';

const reports: Readonly<Record<string, () => Promise<Report>>> = {
  clean: cleanReport,
  outage: outageReport,
  cascade: lossReport,
  gate: gateReport,
  hostile: async () => hostileReport(await outageReport()),
};

/** A gate that found nothing, and one whose warnings stop the deploy although no test of a migration fails. */
const verdicts = {
  GO: async (): Promise<Report> => ({
    ...(await gateReport()),
    findings: [],
    verdict: { go: true, because: 'all is well' },
  }),
  'NO-GO': async (): Promise<Report> => ({
    ...(await gateReport()),
    findings: [],
    verdict: { go: false, because: 'a & b < c; 1 more warning' },
  }),
} as const;

/** Characters that no report may hold: they would control a terminal or a log, or hide. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const steering = /[\p{Cs}\ufffe\uffff\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

describe.each(['junit', 'sarif', 'github', 'gitlab', 'markdown'] as const)('%s', (format) => {
  test.each(['clean', 'outage', 'cascade', 'gate'])('of %s', async (name) => {
    const text = render((await reports[name]?.()) ?? unknown(name), format);
    await expect(text).toMatchFileSnapshot(`goldens/${name}.${format}`);
  });

  test('holds no control characters', async () => {
    expect(render(hostileReport(await outageReport()), format)).not.toMatch(steering);
  });
});

describe('SARIF', () => {
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(sarifSchema);

  test.each(Object.keys(reports))('of %s keeps to the published schema', async (name) => {
    const log: unknown = JSON.parse(render((await reports[name]?.()) ?? unknown(name), 'sarif'));
    isValid(log);
    expect(isValid.errors).toBeNull();
  });

  test.each([
    ['GO', 'note', 'GO: all is well.'],
    ['NO-GO', 'error', 'NO-GO: a & b < c; 1 more warning.'],
  ] as const)('tells %s as a notification of the run', async (word, level, text) => {
    const log = JSON.parse(render(await verdicts[word](), 'sarif'));
    isValid(log);
    expect(isValid.errors).toBeNull();
    expect(log.runs[0]).toMatchObject({
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level, message: { text } }] }],
      properties: { verdict: word },
      results: [],
    });
  });

  test('has no verdict without a gate', async () => {
    const [run] = JSON.parse(render(await outageReport(), 'sarif')).runs;
    expect(run).not.toHaveProperty('invocations');
    expect(run).not.toHaveProperty('properties');
  });
});

describe('JUnit', () => {
  test('is read back with a failure on the first dataset that shows a finding, and a pointer on the others', async () => {
    const read = await parse(render(await outageReport(), 'junit'));
    if (read === undefined || read === null || !('testsuite' in read)) throw new Error('there are no suites');
    const failed = (read.testsuite ?? []).flatMap(({ name, testcase }) =>
      (testcase ?? []).flatMap(
        (each) => each.failure?.map(({ inner }) => [name, each.name, inner?.split('\n')[0]]) ?? [],
      ),
    );
    expect(failed).toEqual([
      ['fixture', '0002_publishers', 'error: 0002_publishers fails on rows, passes when empty'],
      ['one-row', '0002_publishers', 'error: 0002_publishers fails on rows, passes when empty: the same as on fixture'],
      ['typical', '0002_publishers', 'error: 0002_publishers fails on rows, passes when empty: the same as on fixture'],
      ['awkward', '0002_publishers', 'error: 0002_publishers fails on rows, passes when empty: the same as on fixture'],
    ]);
  });

  test.each(['GO', 'NO-GO'] as const)('counts %s as a test of its own', async (word) => {
    const read = await parse(render(await verdicts[word](), 'junit'));
    if (read === undefined || read === null || !('testsuite' in read)) throw new Error('there are no suites');
    const failures = word === 'GO' ? 0 : 1;
    const suite = read.testsuite?.find(({ name }) => name === 'gate');
    expect(read).toMatchObject({ tests: 3, failures });
    expect(suite).toMatchObject({ tests: 1, failures, properties: [{ name: 'verdict', value: word }] });
    const [test] = suite?.testcase ?? [];
    expect([test?.name, test?.failure?.[0]?.message, test?.failure?.[0]?.type, test?.['system-out']?.[0]]).toEqual(
      word === 'GO'
        ? ['verdict', undefined, undefined, 'GO: all is well.']
        : ['verdict', 'a & b < c; 1 more warning', 'NO-GO', undefined],
    );
  });

  test('has no suite for a verdict without a gate', async () => {
    expect(render(await outageReport(), 'junit')).not.toContain('gate');
  });

  test('is read back whole with hostile names', async () => {
    const read = await parse(render(hostileReport(await outageReport()), 'junit'));
    if (read === undefined || read === null || !('testsuite' in read)) throw new Error('there are no suites');
    const [, oneRow] = read.testsuite ?? [];
    expect(
      (read.testsuite ?? []).flatMap(({ testcase }) => testcase ?? []).filter(({ name }) => name === 'forged'),
    ).toEqual([]);
    expect(oneRow?.name).toBe('fixture');
  });
});

describe('GitHub', () => {
  test('has one line for each finding and one for the verdict, with any content', async () => {
    const lines = render(hostileReport(await outageReport()), 'github')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(hostileTexts.length + 1);
    expect(lines.at(-1)).toMatch(/^::error title=rowproof gate%3A NO-GO::/);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^::error file=[^:,]+,line=\d+,title=[^:,]+::/);
  });
});

describe('GitLab', () => {
  test('has the fields that GitLab requires', async () => {
    const issues: unknown = JSON.parse(render(await outageReport(), 'gitlab'));
    expect(issues).toEqual([
      {
        description: expect.stringContaining('0002_publishers: fails on rows'),
        check_name: 'add-column-references-default',
        fingerprint: expect.stringMatching(/^[0-9a-f]+$/),
        severity: 'critical',
        location: { path: 'migrations/0002_publishers.sql', lines: { begin: 41 } },
      },
    ]);
  });

  test('has a blocker for a NO-GO, with one fingerprint whatever the reason, and nothing for a GO', async () => {
    expect(JSON.parse(render(await verdicts.GO(), 'gitlab'))).toEqual([]);
    const report = await verdicts['NO-GO']();
    const [issue, ...others] = JSON.parse(render(report, 'gitlab'));
    expect(others).toEqual([]);
    expect(issue).toEqual({
      description: 'NO-GO: a & b < c; 1 more warning.',
      check_name: 'verdict',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      severity: 'blocker',
      location: { path: report.directory, lines: { begin: 1 } },
    });
    const [other] = JSON.parse(render({ ...report, verdict: { go: false, because: 'another' } }, 'gitlab'));
    expect(other.fingerprint).toBe(issue.fingerprint);
  });
});

describe('Markdown', () => {
  test.each(['GO', 'NO-GO'] as const)('has %s in its title and as its last line', async (word) => {
    const lines = render(await verdicts[word](), 'markdown')
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(new RegExp(`^### rowproof: ${word}\\. `));
    expect(lines.at(-1)).toMatch(new RegExp(`^\\*\\*${word}: .*\\*\\*$`));
  });

  test('shows hostile texts unchanged and harmless', async () => {
    const text = render(hostileReport(await outageReport()), 'markdown');
    const outside = text.replaceAll(/^(`{3,})(?:sql|diff)\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/<(?!\/?(?:details|summary)>)/);
    expect(outside).not.toMatch(/@everyone|(?<!\\)\]\(javascript/);
    expect(outside.split('\n').filter((line) => line.startsWith('# '))).toEqual([]);
  });
});

function unknown(name: string): never {
  throw new Error(`there is no report ${name}`);
}
