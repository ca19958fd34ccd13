import { createHash } from 'node:crypto';
import type { ReportedFinding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { printableJson } from '../text/json.ts';
import { printable } from './printable.ts';
import { verdictText } from './verdict-text.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'minor', note: 'info' };

/**
 * The findings as a code quality report of GitLab, which shows them in a merge request. The format lists issues alone: a
 * NO-GO of a gate is one, and a GO is none, since GitLab would count it against the merge request.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function renderGitlab(report: Report): string {
  const { directory, findings } = report;
  const issues = [...findings.map((finding) => toIssue(finding, directory)), ...verdictIssues(report)];
  return `${printableJson(JSON.stringify(issues, null, 2))}\n`;
}

function verdictIssues(report: Report): object[] {
  const { directory, verdict } = report;
  const description = verdictText(report);
  if (verdict === null || verdict.go || description === null) return [];
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(['verdict', directory]))
    .digest('hex')
    .slice(0, 16);
  const location = { path: directory, lines: { begin: 1 } };
  return [{ description, check_name: 'verdict', fingerprint, severity: 'blocker', location }];
}

function toIssue(finding: ReportedFinding, directory: string): object {
  return {
    description: printable(`${finding.migration}: ${finding.title}. ${finding.message}`),
    check_name: finding.cause,
    fingerprint: finding.fingerprint,
    severity: severities[finding.severity],
    // GitLab drops an issue without a place, so one without a file stands at the folder.
    location: { path: finding.file ?? directory, lines: { begin: finding.line ?? 1 } },
  };
}
