import type { Invocation, Location, Log, ReportingDescriptor, Result } from 'sarif';
import { rules } from '../explain/rules/rules.ts';
import type { Finding, FindingCode, ReportedFinding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { printableJson } from '../text/json.ts';
import { paragraphsOf } from './finding-text.ts';
import { verdictText, verdictWord } from './verdict-text.ts';

const levels: Readonly<Record<Severity, Result.level>> = { error: 'error', warning: 'warning', note: 'note' };

/**
 * The report as SARIF 2.1.0, which code scanning reads: a rule for each code, a result for each finding, and the verdict of a
 * gate as a notification of the run, which is no result in a file.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: Report): string {
  const { rowproof, findings, verdict } = report;
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rowproof', version: rowproof, rules: codes.map(toRule) } },
        columnKind: 'utf16CodeUnits',
        ...invocationsOf(report),
        results: findings.map((finding) => toResult(finding, codes.indexOf(finding.code))),
        ...(verdict !== null && { properties: { verdict: verdictWord(verdict), because: verdict.because } }),
      },
    ],
  };
  return `${printableJson(JSON.stringify(log, null, 2))}\n`;
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317569 */
function invocationsOf(report: Report): { readonly invocations?: Invocation[] } {
  const { verdict } = report;
  const text = verdictText(report);
  if (verdict === null || text === null) return {};
  const told = { level: verdict.go ? levels.note : levels.error, message: { text } };
  // The tool itself has done its work, whatever the answer is.
  return { invocations: [{ executionSuccessful: true, toolExecutionNotifications: [told] }] };
}

function toRule(code: FindingCode): ReportingDescriptor {
  const { title, severity, why, instead, bad, good, link } = rules[code].topic;
  return {
    id: code,
    shortDescription: { text: `The migration ${title}.` },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\n${instead}`,
      markdown: `${why}\n\nUnsafe:\n\n\`\`\`sql\n${bad}\n\`\`\`\n\nSafe:\n\n\`\`\`sql\n${good}\n\`\`\`\n\n${instead}`,
    },
    helpUri: link,
    defaultConfiguration: { level: levels[severity] },
  };
}

function toResult(finding: ReportedFinding, ruleIndex: number): Result {
  const text = [`${finding.migration}: ${finding.title}`, ...paragraphsOf(finding)].join('\n');
  return {
    ruleId: finding.code,
    ruleIndex,
    level: levels[finding.severity],
    message: { text },
    locations: [toLocation(finding)],
    partialFingerprints: { 'rowproof/v1': finding.fingerprint },
    properties: { cause: finding.cause, datasets: finding.datasets },
  };
}

function toLocation({ migration, file, line, sql, table }: Finding): Location {
  const logicalLocations = [
    { name: migration, kind: 'module' },
    ...(table === null ? [] : [{ name: table, kind: 'object' }]),
  ];
  if (file === null) return { logicalLocations };
  const region = line === null ? {} : { region: { startLine: line, ...(sql !== null && { snippet: { text: sql } }) } };
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region }, logicalLocations };
}

/** A path as a URI reference; one from the root on names the file scheme. https://www.rfc-editor.org/rfc/rfc3986#section-4.2 */
function uriOf(file: string): string {
  // A name on disk may hold half of a surrogate pair, which no URI can.
  const path = file.toWellFormed().split('/').map(encodeURIComponent).join('/');
  if (file.startsWith('/')) return `file://${path}`;
  return /^[A-Za-z]:\//.test(file) ? `file:///${file.slice(0, 2)}${path.slice(path.indexOf('/'))}` : path;
}
