import type { Finding, Severity } from '../model/finding.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Report, ReportNote } from '../model/report.ts';
import { onOneLine } from '../sql/quote.ts';
import type { Paint, Style } from './paint.ts';
import { describePlace } from './place.ts';
import { printable, shorten, wrap } from './printable.ts';
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
    [renderSummary(report, layout)],
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
  const where = [finding.file === null ? [] : [printable(placeText(finding))], statementText(finding)]
    .flat()
    .join('   ');
  const head = `${paint(style, sign)} ${paint('bold', printable(finding.migration))}  ${finding.title}  ${paint('dim', finding.datasets.join(' · '))}`;
  // A note gives a number and needs neither explanation nor advice.
  if (finding.severity === 'note') return [head, ...text(`${finding.message}. ${placeText(finding)}`.trim())];
  return [
    head,
    ...(where === '' ? [] : [indent + where]),
    ...(finding.sql === null
      ? []
      : text(shorten(onOneLine(finding.sql), 2 * (width - indent.length))).map((line) => paint('cyan', line))),
    ...text(finding.code.startsWith('fails-') ? `SQLite: ${finding.message}` : `${finding.message}.`),
    ...finding.details.flatMap(text),
    ...needsText(finding).flatMap(text),
    ...labelled('Why', finding.why),
    ...labelled('Instead', finding.instead),
    hanging + paint('dim', `rowproof explain ${finding.cause}`),
    ...finding.hazards
      .slice(0, shownHazards)
      .flatMap(withOthers)
      .flatMap(({ query }) => labelled('Ask', query)),
  ];
}

/** The number of hazards that a report shows per finding; JSON has all. */
const shownHazards = 3;

/** The rows that a finding needs, in one sentence; empty if plain rows suffice. */
function needsText({ hazards }: Finding): string[] {
  if (hazards.length === 0) return [];
  const shown = hazards.slice(0, shownHazards).map((hazard) =>
    withOthers(hazard)
      .map(({ needs }) => needs)
      .join(' and '),
  );
  const more = hazards.length - shown.length;
  const others = more === 0 ? [] : [more === 1 ? 'one other condition' : `one of ${more} other conditions`];
  return [`It needs ${[...shown, ...others].join(', or ')}.`];
}

function withOthers(hazard: HazardLabel): HazardLabel[] {
  return [hazard, ...(hazard.and ?? [])];
}

function placeText({ file, line }: Finding): string {
  if (file === null) return '';
  return line === null ? file : `${file}:${line}`;
}

function statementText({ statement, statements }: Finding): string[] {
  return statement === null ? [] : [`statement ${statement} of ${statements}`];
}

/** The tool of the folder with its evidence; empty for a plain folder with the usual driver. */
function describeRunner({ tool, title, evidence, driver, driverEvidence, foreignKeys }: Report['runner']): string[] {
  if ((tool === 'plain' || tool === 'rowproof') && driver === 'better-sqlite3') return [];
  const by = evidence === null ? '' : ` (${printable(evidence)})`;
  const under =
    driverEvidence === null
      ? `${driver} is assumed (--driver names another)`
      : driverEvidence === title
        ? driver
        : `${driver} (${printable(driverEvidence)})`;
  const keys =
    foreignKeys === null ? '' : ` · foreign keys ${foreignKeys.on ? 'on' : 'off'} (${printable(foreignKeys.evidence)})`;
  return [`${title}${by} · driver ${under}${keys}`];
}

function renderHeader(
  { rowproof, directory, runner, settings, seed, summary, gate }: Report,
  { paint }: Layout,
): string[] {
  const count = summary.migrations === 1 ? '1 migration' : `${summary.migrations} migrations`;
  const transaction = {
    'per-migration': 'one transaction per migration',
    'all-pending': 'one transaction for all',
    none: 'no transaction',
  };
  const how = [
    `foreign keys ${settings.foreignKeys ? 'on' : 'off'}`,
    transaction[settings.transaction],
    `double-quoted strings ${settings.doubleQuotedStrings ? 'on' : 'off'}`,
    ...(settings.engine === 'node' ? [`engine node:sqlite ${settings.sqliteVersion}`] : []),
    ...(gate === null ? [`seed ${seed}`] : []),
  ];
  const lines = [
    `${paint('bold', `rowproof ${rowproof}`)}  ${count} in ${printable(directory)}`,
    ...describeRunner(runner).map((line) => paint('dim', line)),
    paint('dim', how.join(' · ')),
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

function renderSummary({ summary, datasets, gate, steps }: Report, { paint }: Layout): string {
  const { errors, warnings, notes, migrations } = summary;
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  if (errors + warnings + notes > 0) {
    const style = errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green';
    return paint(style, [count(errors, 'error'), count(warnings, 'warning'), count(notes, 'note')].join(', '));
  }
  if (steps.some(({ outcome }) => outcome === 'failed')) return paint('yellow', 'All findings are left out.');
  if (gate?.pending === 0) return paint('green', 'No findings: nothing is pending.');
  const behave = (number: number): string =>
    `${count(number, 'migration')} ${number === 1 ? 'behaves' : 'behave'} the same`;
  if (gate !== null)
    return paint('green', `No findings: ${behave(gate.pending)} on an empty database and on the copy.`);
  const sides = ['on the empty database', ...datasets.slice(1).map((name) => `on ${name}`)];
  const listed = sides.length > 1 ? `${sides.slice(0, -1).join(', ')} and ${sides.at(-1)}` : sides.join();
  return paint('green', `No findings: ${behave(migrations)} ${listed}.`);
}
