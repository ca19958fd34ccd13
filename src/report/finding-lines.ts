import type { Finding, ReportedFinding, Severity } from '../model/finding.ts';
import { onOneLine } from '../sql/quote.ts';
import { askTexts, messageText, needsText, placeText, statementText } from './finding-text.ts';
import { renderFrame } from './frame.ts';
import type { Paint, Style } from './paint.ts';
import { printable, shorten, wrap } from './printable.ts';
import { diffLines, rewriteTexts } from './rewrite-text.ts';

/** The layout of a report for people. */
export interface ReportLayout {
  readonly paint: Paint;
  /** Characters a line may have. */
  readonly width: number;
  /** Whether short scripts that show findings are printed. */
  readonly showsScripts?: boolean;
  /** Whether a report does not say how corrected migrations get into their files: the run writes them, or they are no project's. */
  readonly hidesFix?: boolean;
}

/** A finding, with the lines of its file where they are known. */
type ShownFinding = Finding & Pick<ReportedFinding, 'frame'>;

/** The sign of a severity, and its style. */
export const marks: Readonly<Record<Severity, { readonly sign: string; readonly style: Style }>> = {
  error: { sign: '✗', style: 'red' },
  warning: { sign: '!', style: 'yellow' },
  note: { sign: '·', style: 'cyan' },
};

/** The spaces before a line of a finding. */
const indent = '    ';
/** The spaces before the text beside a label. */
const hanging = `${indent}        `;

/**
 * One finding in lines, both for the terminal and for test failures. @param showsRewrite whether its corrected migration
 * is not shown with another finding.
 */
export function renderFinding(finding: ShownFinding, layout: ReportLayout, showsRewrite = true): string[] {
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
    ...renderAsks(finding, labelled),
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
  { showsScripts = false }: ReportLayout,
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

/** How many lines of a diff are printed. */
const printedDiff = 48;

/** The corrected migration as a diff; its lines are not broken, so that they can be copied. */
function renderRewrite(finding: Finding, paint: Paint, labelled: (label: string, line: string) => string[]): string[] {
  const diff = diffLines(finding);
  if (diff.length === 0) return [];
  const styled = diff
    .slice(0, printedDiff)
    .map((line) => (line.startsWith('+') ? paint('green', line) : line.startsWith('-') ? paint('red', line) : line));
  const more = diff.length - styled.length;
  const others = more === 1 ? '1 more line' : `${more} more lines`;
  return [
    ...rewriteTexts(finding).flatMap((text, i) => labelled(i === 0 ? 'Rewrite' : '', text)),
    ...styled.map((line) => indent + line),
    ...(more > 0 ? labelled('', `${others} of the diff: --format html=FILE, markdown or json.`) : []),
  ];
}

/** How many characters a SELECT after the first one may have to be printed. */
const shortAsk = 480;

/** The SELECTs of a finding: the first one, and the others if they are short enough to be read. */
function renderAsks(finding: Finding, labelled: (label: string, line: string) => string[]): string[] {
  const printed = askTexts(finding).filter((query, i) => i === 0 || query.length <= shortAsk);
  const more = askTexts(finding).length - printed.length;
  const others = more === 1 ? 'One more SELECT is long' : `${more} more SELECTs are long`;
  return [
    ...printed.flatMap((query) => labelled('Ask', query)),
    ...(more > 0 ? labelled('', `${others}: --format html=FILE, markdown or json.`) : []),
  ];
}
