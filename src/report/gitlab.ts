import type { ReportedFinding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { printableJson } from '../text/json.ts';
import { printable } from './printable.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'minor', note: 'info' };

/**
 * The findings as a code quality report of GitLab, which shows them in a merge request.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function renderGitlab({ directory, findings }: Report): string {
  return `${printableJson(
    JSON.stringify(
      findings.map((finding) => toIssue(finding, directory)),
      null,
      2,
    ),
  )}\n`;
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
