/** Paths in the formats that CI services read begin at the root of the repository, wherever the command runs. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rooted } from '../../src/cli/rooted.ts';
import type { Report } from '../../src/model/report.ts';
import { outageReport } from '../report/demonstration.ts';

const root = join('/builds', 'shop');

async function file(
  format: Parameters<typeof rooted>[1],
  environment: NodeJS.ProcessEnv,
  directory: string,
): Promise<string | null | undefined> {
  const report: Report = await outageReport();
  return rooted(report, format, environment, directory).findings[0]?.file;
}

describe('a run in a folder of a repository', () => {
  test.each([
    ['github', { GITHUB_WORKSPACE: root }],
    ['sarif', { GITHUB_WORKSPACE: root }],
    ['gitlab', { CI_PROJECT_DIR: root }],
  ] as const)('%s has the paths from its root', async (format, environment) => {
    expect(await file(format, environment, join(root, 'apps/web'))).toBe('apps/web/migrations/0002_publishers.sql');
  });

  test.each(['json', 'junit', 'markdown', 'html', 'terminal'] as const)('%s keeps those of the run', async (format) => {
    expect(await file(format, { GITHUB_WORKSPACE: root }, join(root, 'apps/web'))).toBe(
      'migrations/0002_publishers.sql',
    );
  });
});

test.each([
  ['at the root', { GITHUB_WORKSPACE: root }, root],
  ['outside of it', { GITHUB_WORKSPACE: root }, join('/builds', 'shop-tools')],
  ['above it', { GITHUB_WORKSPACE: root }, '/builds'],
  ['without a service', {}, join(root, 'apps/web')],
])('a run %s keeps its paths', async (_name, environment, directory) => {
  expect(await file('github', environment, directory)).toBe('migrations/0002_publishers.sql');
});

test('an absolute path stays', async () => {
  const report = await outageReport();
  const findings = report.findings.map((finding) => ({ ...finding, file: '/elsewhere/1_a.sql' }));
  const { findings: after } = rooted({ ...report, findings }, 'github', { GITHUB_WORKSPACE: root }, join(root, 'a'));
  expect(after[0]?.file).toBe('/elsewhere/1_a.sql');
});
