import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Report } from '../model/report.ts';
import type { Format } from '../report/reporters.ts';

/** The formats whose readers look files up from the root of the repository, wherever the command runs. */
const fromRoot: ReadonlySet<Format> = new Set<Format>(['github', 'gitlab', 'sarif']);

/**
 * A report as readers of a format look up its files: under a CI service that names the root of the repository, from there.
 * @param environment that of the process: GitHub Actions has GITHUB_WORKSPACE, GitLab CI has CI_PROJECT_DIR.
 * @param directory the one that the command runs in; the paths of the report begin there.
 */
export function rooted(report: Report, format: Format, environment: NodeJS.ProcessEnv, directory: string): Report {
  const root = environment['GITHUB_WORKSPACE'] ?? environment['CI_PROJECT_DIR'] ?? '';
  if (!fromRoot.has(format) || root === '') return report;
  const inside = relative(root, resolve(directory));
  if (inside === '' || isAbsolute(inside) || /^\.\.(?:[\\/]|$)/.test(inside)) return report;
  const fromThere = (path: string): string => (isAbsolute(path) ? path : join(inside, path).replaceAll('\\', '/'));
  const findings = report.findings.map((finding) =>
    finding.file === null ? finding : { ...finding, file: fromThere(finding.file) },
  );
  return { ...report, directory: fromThere(report.directory), findings };
}
