import type { Finding, Severity } from '../model/finding.ts';
import type { Report, ReportNote } from '../model/report.ts';
import { onOneLine } from '../sql/quote.ts';
import { askTexts, messageText, needsText, placeText, statementText } from './finding-text.ts';
import type { Paint, Style } from './paint.ts';
import { describePlace } from './place.ts';
import { printable, shorten, wrap } from './printable.ts';
import { describeRunner, describeSettings } from './settings-text.ts';
import { summaryStyle, summaryText } from './summary-text.ts';
import { renderTable } from './table.ts';

/** The layout of a report for people. */
export interface Layout {
  readonly paint: Paint;
  /** Characters a line may have. */
  readonly width: number;
}

const marks: Readonly<Record<Severity, { readonly sign: string; readonly style: Style }>> = {
  error: { sign: '✗', style: 'red' },
  warning: { sign: '!', style: 'yellow' },
  note: { sign: '·', style: 'cyan' },
};

const indent = '    ';
const hanging = `${indent}        `;

/** The report for a terminal: the settings, the table, the findings, the remarks, the count. Ends with a newline. */
export function renderTerminal(report: Report, layout: Layout): string {
  const blocks = [
    renderHeader(report, layout),
    report.steps.length > 0 ? renderTable(report, layout.paint) : [],
    ...report.findings.map((finding) => renderFinding(finding, layout)),
    renderNotes(report.notes, layout),
    [layout.paint(summaryStyle(report), summaryText(report))],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** One finding in lines, both for the terminal and for test failures. */
export function renderFinding(finding: Finding, { paint, width }: Layout): string[] {
  const { sign, style } = marks[finding.severity];
  const text = (line: string): string[] => wrap(printable(line), width - indent.length).map((part) => indent + part);
  const labelled = (label: string, line: string): string[] =>
    wrap(printable(line), width - hanging.length).map(
      (part, i) => (i === 0 ? indent + paint('dim', label.padEnd(8)) : hanging) + part,
    );
  const where = [placeText(finding), statementText(finding) ?? ''].filter((part) => part !== '').join('   ');
  const needs = needsText(finding);
  const head = `${paint(style, sign)} ${paint('bold', printable(finding.migration))}  ${finding.title}  ${paint('dim', finding.datasets.join(' · '))}`;
  // A note gives a number and needs neither explanation nor advice.
  if (finding.severity === 'note') return [head, ...text(`${finding.message}. ${placeText(finding)}`.trim())];
  return [
    head,
    ...(where === '' ? [] : [indent + where]),
    ...(finding.sql === null
      ? []
      : text(shorten(onOneLine(finding.sql), 2 * (width - indent.length))).map((line) => paint('cyan', line))),
    ...text(messageText(finding)),
    ...finding.details.flatMap(text),
    ...(needs === null ? [] : text(needs)),
    ...labelled('Why', finding.why),
    ...labelled('Instead', finding.instead),
    hanging + paint('dim', `rowproof explain ${finding.cause}`),
    ...askTexts(finding).flatMap((query) => labelled('Ask', query)),
  ];
}

function renderHeader(report: Report, { paint }: Layout): string[] {
  const { rowproof, directory, summary, gate } = report;
  const count = summary.migrations === 1 ? '1 migration' : `${summary.migrations} migrations`;
  const runner = describeRunner(report);
  const lines = [
    `${paint('bold', `rowproof ${rowproof}`)}  ${count} in ${printable(directory)}`,
    ...(runner === null ? [] : [paint('dim', printable(runner))]),
    paint('dim', describeSettings(report)),
  ];
  if (gate === null) return lines;
  return [
    ...lines,
    `${printable(gate.file)} is at ${describePlace(gate)}; ${gate.pending === 0 ? 'nothing is pending' : `${gate.pending} pending`}.`,
  ];
}

function renderNotes(notes: readonly ReportNote[], { paint, width }: Layout): string[] {
  if (notes.length === 0) return [];
  const lines = notes.flatMap(({ text }) =>
    wrap(printable(text), width - 4).map((part, i) => (i === 0 ? `  - ${part}` : `    ${part}`)),
  );
  return [paint('dim', 'Remarks'), ...lines];
}
