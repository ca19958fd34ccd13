/** Which reports a run writes, and where. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseReports, readFormat } from '../../src/cli/formats.ts';
import { folderWith } from '../temporary.ts';
import { rowproof } from './run.ts';

const bad = {
  'm/0001_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);',
  'm/0002_b.sql': 'ALTER TABLE a ADD COLUMN b INTEGER NOT NULL;',
};
const plainEnvironment = { GITHUB_ACTIONS: undefined, GITHUB_STEP_SUMMARY: undefined };
const check = (cwd: string, args: readonly string[], env: Record<string, string | undefined> = {}) =>
  rowproof(['check', 'm', '--dataset', 'one-row', ...args], { cwd, env: { ...plainEnvironment, ...env } });

describe('reports', () => {
  test('go to several places at once', () => {
    const cwd = folderWith(bad);
    const args = ['--format', 'terminal', '--format', 'sarif=out.sarif', '--format', 'junit=out.xml'];
    const { status, stdout } = check(cwd, args);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^rowproof .*1 migration|^rowproof /);
    expect(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(cwd, 'out.xml'), 'utf8')).toMatch(/^<\?xml/);
  });

  test('in files alone leave one line with the result of the run', () => {
    const cwd = folderWith(bad);
    const { status, stdout } = check(cwd, ['-o', 'report.json']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '1 error, 0 warnings, 0 notes\n  json: report.json\n' });
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).summary.errors).toBe(1);
  });

  test('appear as annotations and in the summary of the job under GitHub Actions', () => {
    const cwd = folderWith(bad);
    const summary = join(cwd, 'summary.md');
    writeFileSync(summary, 'before\n');
    const { stdout } = check(cwd, [], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    expect(stdout).toMatch(/^rowproof /);
    expect(stdout).toMatch(/^::error file=m\/0002_b\.sql,line=1,title=/m);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n### rowproof: 1 error/);
  });

  test('of an unknown format are not written, and the message lists the known formats', () => {
    const cwd = folderWith(bad);
    const { status, stderr } = check(cwd, ['--format', 'yaml=out']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/It must be one of terminal, json, junit, sarif, github, gitlab, markdown/);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });

  test('as JSON contain errors too', () => {
    const { status, stdout, stderr } = rowproof(['check', 'nowhere', '--format', 'json'], { cwd: folderWith() });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^rowproof: nowhere is not a folder/);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      error: { code: 'folder-missing', facts: { directory: 'nowhere' } },
    });
  });
});

describe('the choice of reports', () => {
  const asked = (...texts: string[]) =>
    texts.reduce<ReturnType<typeof readFormat>>((all, text) => readFormat(text, all), []);

  test.each([
    ['report.json', 'json'],
    ['report.SARIF', 'sarif'],
    ['junit.xml', 'junit'],
    ['comment.md', 'markdown'],
    ['report.txt', 'terminal'],
    ['report', 'terminal'],
  ] as const)('for -o %s is %s', (file, format) => {
    expect(chooseReports(undefined, file, {})).toEqual([{ format, file }]);
  });

  test('assigns -o to the only report without a file', () => {
    expect(chooseReports(asked('json', 'sarif=b'), 'a', {})).toEqual([
      { format: 'json', file: 'a' },
      { format: 'sarif', file: 'b' },
    ]);
  });

  test.each([
    ['two reports for one -o', asked('json', 'sarif'), 'a'],
    ['two reports in one file', asked('json=a', 'sarif=a'), undefined],
    ['two reports on the standard output', asked('json', 'sarif'), undefined],
  ])('refuses %s', (_, formats, output) => {
    expect(() => chooseReports(formats, output, {})).toThrow(expect.objectContaining({ code: 'bad-flag' }));
  });
});
