import type { Finding, ReportedFinding, Severity } from '../model/finding.ts';
import type { Report, ReportNote } from '../model/report.ts';
import type { Answer } from '../model/weighed.ts';
import { onOneLine } from '../sql/quote.ts';
import { copyTexts } from './copy-text.ts';
import { costLines, costTitle } from './cost-text.ts';
import { coverageTexts } from './coverage-text.ts';
import { askTexts, messageText, needsText, placeText, statementText } from './finding-text.ts';
import { forecastLines, forecastTitle } from './forecast-text.ts';
import { renderFrame } from './frame.ts';
import { causeLine, isFirstRun, overviewLines, overviewOf } from './overview.ts';
import type { Paint, Style } from './paint.ts';
import { describePlace } from './place.ts';
import { printable, shorten, wrap } from './printable.ts';
import { diffLines, isFirstWith, rewriteTexts } from './rewrite-text.ts';
import { describeRunner, describeSettings } from './settings-text.ts';
import { summaryStyle, summaryText } from './summary-text.ts';
import { renderTable } from './table.ts';
import { verdictStyle, verdictText } from './verdict-text.ts';
import { remarksOf, weighedLines, weighedTitle } from './weighed-text.ts';

/** The layout of a report for people. */
export interface Layout {
  readonly paint: Paint;
  /** Characters a line may have. */
  readonly width: number;
  /** Whether short scripts that show findings are printed. */
  readonly showsScripts?: boolean;
}

/** A finding, with the lines of its file where they are known. */
type ShownFinding = Finding & Pick<ReportedFinding, 'frame'>;

const marks: Readonly<Record<Severity, { readonly sign: string; readonly style: Style }>> = {
  error: { sign: '✗', style: 'red' },
  warning: { sign: '!', style: 'yellow' },
  note: { sign: '·', style: 'cyan' },
};

const indent = '    ';
const hanging = `${indent}        `;

/** The report for a terminal: the settings, the table, the findings, the remarks, the count. Ends with a newline. */
export function renderTerminal(report: Report, layout: Layout): string {
  const whole = renderWhole(report, layout);
  const isLong = isFirstRun(report) && whole.flat().length + whole.length > overviewLines;
  const blocks = isLong ? renderOverview(report, layout) : whole;
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderWhole(report: Report, layout: Layout): string[][] {
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
function renderOverview(report: Report, layout: Layout): string[][] {
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

/**
 * One finding in lines, both for the terminal and for test failures. @param showsRewrite whether its corrected migration
 * is not shown with another finding.
 */
export function renderFinding(finding: ShownFinding, layout: Layout, showsRewrite = true): string[] {
  const { paint, width } = layout;
  const { sign, style } = marks[finding.severity];
  const text = (line: string): string[] => wrap(printable(line), width - indent.length).map((part) => indent + part);
  const labelled = (label: string, line: string): string[] =>
    wrap(printable(line), width - hanging.length).map(
      (part, i) => (i === 0 ? indent + paint('dim', label.padEnd(8)) : hanging) + part,
    );
  const places = [placeText(finding), statementText(finding) ?? ''].filter((part) => part !== '');
  const where = places.join('   ').length > width - indent.length ? places : [places.join('   ')];
  const needs = needsText(finding);
  const head = renderHead(finding, paint, width, `${paint(style, sign)} `);
  // A note gives a number and needs neither explanation nor advice.
  if (finding.severity === 'note') return [...head, ...text(`${finding.message}. ${placeText(finding)}`.trim())];
  return [
    ...head,
    ...where.filter((line) => line !== '').map((line) => indent + line),
    ...renderSource(finding, paint, width),
    ...text(messageText(finding)),
    ...finding.details.flatMap(text),
    ...(needs === null ? [] : text(needs)),
    ...labelled('Why', finding.why),
    ...labelled('Instead', finding.instead),
    hanging + paint('dim', `rowproof explain ${finding.cause}`),
    ...askTexts(finding).flatMap((query) => labelled('Ask', query)),
    ...renderReproduction(finding, layout, labelled),
    ...(showsRewrite ? renderRewrite(finding, paint, labelled) : []),
  ];
}

/** The migration, the event and the datasets; what does not fit goes on below. */
function renderHead({ migration, title, datasets }: Finding, paint: Paint, width: number, sign: string): string[] {
  const name = printable(migration);
  const sides = datasets.join(' · ');
  const whole = name.length + title.length + sides.length + 6;
  if (whole <= width) return [`${sign}${paint('bold', name)}  ${title}  ${paint('dim', sides)}`];
  const below = wrap(sides, width - indent.length).map((line) => indent + paint('dim', line));
  if (name.length + title.length + 4 <= width) return [`${sign}${paint('bold', name)}  ${title}`, ...below];
  return [
    `${sign}${paint('bold', name)}`,
    ...wrap(title, width - indent.length).map((line) => indent + line),
    ...below,
  ];
}

/** The lines of the file; the statement alone where its file cannot be shown. */
function renderSource({ frame, sql }: ShownFinding, paint: Paint, width: number): string[] {
  if (frame !== undefined) return renderFrame(frame, paint, width - indent.length).map((line) => indent + line);
  if (sql === null) return [];
  const shown = shorten(onOneLine(sql), 2 * (width - indent.length));
  return wrap(printable(shown), width - indent.length).map((line) => indent + paint('cyan', line));
}

/** How many lines a script may have to be printed. */
const shortScript = 12;

/** The place of the script that shows a finding, and a short one itself, whose lines can be copied. */
function renderReproduction(
  { reproduction }: Finding,
  { showsScripts = false }: Layout,
  labelled: (label: string, line: string) => string[],
): string[] {
  if (reproduction === undefined) return [];
  const { folder, script } = reproduction;
  const lines = script.trimEnd().split('\n').map(printable);
  const place = folder === undefined ? [] : labelled('Script', `${folder}/reproduction.sql`);
  if (!showsScripts || lines.length > shortScript) return place;
  return [
    ...(place.length > 0 ? place : labelled('Script', 'for the sqlite3 shell:')),
    ...lines.map((line) => indent + line),
  ];
}

/** The corrected migration as a diff; its lines are not broken, so that they can be copied. */
function renderRewrite(finding: Finding, paint: Paint, labelled: (label: string, line: string) => string[]): string[] {
  const diff = diffLines(finding).map(
    (line) => indent + (line.startsWith('+') ? paint('green', line) : line.startsWith('-') ? paint('red', line) : line),
  );
  return diff.length === 0
    ? []
    : [...rewriteTexts(finding).flatMap((text, i) => labelled(i === 0 ? 'Rewrite' : '', text)), ...diff];
}

function renderHeader(report: Report, { paint, width }: Layout): string[] {
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

/** The result, what it does not tell about, and the verdict of a gate. */
function renderSummary(report: Report, { paint, width }: Layout): string[] {
  const { verdict } = report;
  const result = wrap(summaryText(report), width).map((line) => paint(summaryStyle(report), line));
  const answer = verdictText(report);
  return [
    ...result,
    ...coverageTexts(report).flatMap((text) => wrap(text, width)),
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
function renderWeighed(report: Report, { paint, width }: Layout): string[] {
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
function renderCost(report: Report, { paint, width }: Layout): string[] {
  const told = copyTexts(report).flatMap((text) => wrap(text, width - 2));
  const lines = [...costLines(report, width - 2), ...told];
  return lines.length === 0 ? [] : [paint('dim', costTitle), ...lines.map((line) => `  ${line}`.trimEnd())];
}

/** The forecast of the cost by a profile. */
function renderForecast(report: Report, { paint, width }: Layout): string[] {
  const lines = forecastLines(report, width - 2);
  return lines.length === 0
    ? []
    : [
        ...wrap(printable(forecastTitle(report)), width).map((line) => paint('dim', line)),
        ...lines.map((line) => `  ${line}`.trimEnd()),
      ];
}

function renderNotes(notes: readonly ReportNote[], { paint, width }: Layout): string[] {
  if (notes.length === 0) return [];
  const lines = notes.flatMap(({ text }) =>
    wrap(printable(text), width - 4).map((part, i) => (i === 0 ? `  - ${part}` : `    ${part}`)),
  );
  return [paint('dim', 'Remarks'), ...lines];
}
