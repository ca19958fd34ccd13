/** A report whose every text is what a stranger would write to break an output. */
import { describeNote } from '../../src/explain/notes.ts';
import type { ReportedFinding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import type { WeighedWarning } from '../../src/model/weighed.ts';

/** Texts that end a tag, a fence, a cell or a line, steer a terminal, call somebody or run code where they are not escaped. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '</testcase><testcase name="forged"/>',
  ']]><![CDATA[',
  '"><img src=x onerror=alert(1)>',
  '```\n# heading\n```',
  '| a | b |\n|---|---|',
  '[link](javascript:alert(1))',
  '@everyone',
  '::error file=x::forged\n::set-output name=a::b',
  '%0A::warning::forged',
  '\u001b[2J\u001b]0;title\u0007',
  '\u202Egnp.exe',
  '\u0000\u0008\uFFFE\uFFFF',
  '\uD800 alone',
  '=HYPERLINK("http://evil.test")',
  "'; DROP TABLE users; --",
];

/** A report with one finding for each text, which stands wherever a text of the user's may stand. */
export function hostileReport(report: Report): Report {
  const [finding] = report.findings;
  if (finding === undefined) throw new Error('the report needs a finding to copy');
  const findings = hostileTexts.map((text, i) => hostileFinding(finding, text, i));
  return {
    ...report,
    directory: hostileTexts.join(' '),
    findings,
    steps: hostileTexts.map((text, i) => {
      const place = { migration: `${i}_${text}`, position: i + 1, id: text };
      return { ...place, dataset: 'one-row', outcome: 'failed' };
    }),
    notes: hostileTexts.map((text) => describeNote({ code: 'ignored', facts: { file: text, reason: text } })),
    weighed: hostileTexts.map((text, i): WeighedWarning => {
      const asked = [{ needs: text, query: `SELECT '${text}'`, rows: i }];
      return { ...place(finding), title: text, migration: `${i}_${text}`, table: text, answer: 'happens', asked };
    }),
    verdict: { go: false, because: hostileTexts.join(' ') },
    summary: { ...report.summary, errors: findings.length, migrations: findings.length },
  };
}

function place({ code, cause, statement }: ReportedFinding): Pick<WeighedWarning, 'code' | 'cause' | 'statement'> {
  return { code, cause, statement };
}

function hostileFinding(finding: ReportedFinding, text: string, i: number): ReportedFinding {
  const query = `SELECT '${text}'`;
  return {
    ...finding,
    fingerprint: `${i}`,
    migration: `${i}_${text}`,
    file: `migrations/${text}.sql`,
    sql: `SELECT ${text}`,
    table: text,
    message: text,
    details: [text],
    hazards: [{ kind: 'null', table: text, columns: [text], needs: text, query }],
  };
}
