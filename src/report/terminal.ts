import type { Finding } from '../model/finding.ts';
import type { Report, ReportNote } from '../model/report.ts';
import type { Answer } from '../model/weighed.ts';
import { copyTexts } from './copy-text.ts';
import { costLines, costTitle } from './cost-text.ts';
import { coverageTexts } from './coverage-text.ts';
import { marks, type ReportLayout, renderFinding } from './finding-lines.ts';
import { fixTexts } from './fix-text.ts';
import { forecastLines, forecastTitle } from './forecast-text.ts';
import { causeLine, isFirstRun, overviewLines, overviewOf } from './overview.ts';
import type { Style } from './paint.ts';
import { describePlace } from './place.ts';
import { printable, wrap } from './printable.ts';
import { isFirstWith } from './rewrite-text.ts';
import { describeRunner, describeSettings } from './settings-text.ts';
import { summaryStyle, summaryText } from './summary-text.ts';
import { renderTable } from './table.ts';
import { verdictStyle, verdictText } from './verdict-text.ts';
import { remarksOf, weighedLines, weighedTitle } from './weighed-text.ts';

/** The report for a terminal: the settings, the table, the findings, the remarks, the count. Ends with a newline. */
export function renderTerminal(report: Report, layout: ReportLayout): string {
  const whole = renderWhole(report, layout);
  const isLong = isFirstRun(report) && whole.flat().length + whole.length > overviewLines;
  const blocks = isLong ? renderOverview(report, layout) : whole;
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderWhole(report: Report, layout: ReportLayout): string[][] {
  const blocks = [
    renderHeader(report, layout),
    report.steps.length > 0 ? renderTable(report, layout.paint, layout.width) : [],
    ...report.findings.map((finding) => renderFinding(finding, layout, isFirstWith(finding, report.findings))),
    renderWeighed(report, layout),
    renderCost(report, layout),
    renderForecast(report, layout),
    renderNotes(remarksOf(report), layout),
    renderSummary(report, layout),
  ];
  return blocks.filter((lines) => lines.length > 0);
}

/** The remarks without which an overview would mislead: how to go on, and which part of the history stands behind the counts. */
const neededInOverview: ReadonlySet<string> = new Set(['since', 'ends-early', 'declarations-kept', 'same-number']);

/** A first run on a long history finds what nobody can change any more: it is counted by cause, and other formats tell all of it. */
function renderOverview(report: Report, layout: ReportLayout): string[][] {
  const { paint, width } = layout;
  const header = renderHeader(report, layout);
  const needed = report.notes.filter(({ code }) => neededInOverview.has(code));
  const others = report.notes.length - needed.length;
  const remarks = renderNotes(needed, layout);
  const end = [
    `${others > 0 ? `${others} more ${others === 1 ? 'remark' : 'remarks'} and all` : 'All'} findings in full: --format html=FILE, markdown or json.`,
    ...renderSummary(report, layout),
  ];
  const used = header.length + remarks.length + end.length + 3;
  const height = (finding: Finding): number => renderFinding(finding, layout).length + 1;
  const { shown, folded } = overviewOf(report, overviewLines - used, height);
  const rest = folded.map((cause) => {
    const { sign, style } = marks[cause.severity];
    return `${paint(style, sign)} ${causeLine(cause, width - 2)}`;
  });
  const blocks = [header, ...shown.map((finding) => renderFinding(finding, layout)), rest, remarks, end];
  return blocks.filter((lines) => lines.length > 0);
}

function renderHeader(report: Report, { paint, width }: ReportLayout): string[] {
  const { rowproof, directory, summary, gate } = report;
  const count = summary.migrations === 1 ? '1 migration' : `${summary.migrations} migrations`;
  const runner = describeRunner(report);
  const dim = (text: string): string[] => wrap(printable(text), width).map((line) => paint('dim', line));
  const lines = [
    `${paint('bold', `rowproof ${rowproof}`)}  ${count} in ${printable(directory)}`,
    ...(runner === null ? [] : dim(runner)),
    ...dim(describeSettings(report)),
  ];
  if (gate === null) return lines;
  const pending = gate.pending === 0 ? 'nothing is pending' : `${gate.pending} pending`;
  return [...lines, ...wrap(`${printable(gate.file)} is at ${describePlace(gate)}; ${pending}.`, width)];
}

/** The result, what it does not tell about, the command that corrects it, and the verdict of a gate. */
function renderSummary(report: Report, { paint, width, hidesFix = false }: ReportLayout): string[] {
  const { verdict } = report;
  const result = wrap(summaryText(report), width).map((line) => paint(summaryStyle(report), line));
  const answer = verdictText(report);
  return [
    ...result,
    ...coverageTexts(report).flatMap((text) => wrap(text, width)),
    ...(hidesFix ? [] : fixTexts(report)).flatMap((text) => wrap(printable(text), width)),
    ...(verdict === null || answer === null
      ? []
      : wrap(answer, width).map((line) => paint(verdictStyle(verdict), line))),
  ];
}

const weighedStyles: Readonly<Record<Answer, Style>> = {
  happens: 'red',
  unknown: 'yellow',
  harmless: 'cyan',
  'ruled-out': 'green',
};

/** The warnings that production's rows rule in or out, in two columns. */
function renderWeighed(report: Report, { paint, width }: ReportLayout): string[] {
  const lines = weighedLines(report);
  if (lines.length === 0) return [];
  const column = Math.max(...lines.map(({ said }) => said.length)) + 2;
  const rows = lines.flatMap(({ answer, said, about }) =>
    wrap(printable(about), Math.max(20, width - column - 2)).map((part, i) =>
      i === 0 ? `  ${paint(weighedStyles[answer], said.padEnd(column))}${part}` : `  ${' '.repeat(column)}${part}`,
    ),
  );
  return [paint('dim', weighedTitle), ...rows];
}

/** The cost of the copy, and of the deploy on it. */
function renderCost(report: Report, { paint, width }: ReportLayout): string[] {
  const told = copyTexts(report).flatMap((text) => wrap(text, width - 2));
  const lines = [...costLines(report, width - 2), ...told];
  return lines.length === 0 ? [] : [paint('dim', costTitle), ...lines.map((line) => `  ${line}`.trimEnd())];
}

/** The forecast of the cost by a profile. */
function renderForecast(report: Report, { paint, width }: ReportLayout): string[] {
  const lines = forecastLines(report, width - 2);
  return lines.length === 0
    ? []
    : [
        ...wrap(printable(forecastTitle(report)), width).map((line) => paint('dim', line)),
        ...lines.map((line) => `  ${line}`.trimEnd()),
      ];
}

function renderNotes(notes: readonly ReportNote[], { paint, width }: ReportLayout): string[] {
  if (notes.length === 0) return [];
  const lines = notes.flatMap(({ text }) =>
    wrap(printable(text), width - 4).map((part, i) => (i === 0 ? `  - ${part}` : `    ${part}`)),
  );
  return [paint('dim', 'Remarks'), ...lines];
}
