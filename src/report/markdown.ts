import type { Finding } from '../model/finding.ts';
import type { Report, ReportNote } from '../model/report.ts';
import { copyTexts } from './copy-text.ts';
import { costTable, costTitle } from './cost-text.ts';
import { coverageTexts } from './coverage-text.ts';
import type { ReportLayout } from './finding-lines.ts';
import { askTexts, messageText, needsText, placeText, statementText } from './finding-text.ts';
import { fixTexts } from './fix-text.ts';
import { forecastTable, forecastTitle } from './forecast-text.ts';
import { printable } from './printable.ts';
import { diffLines, isFirstWith, rewriteTexts } from './rewrite-text.ts';
import { describeSettings } from './settings-text.ts';
import { summaryText } from './summary-text.ts';
import { readLines, signs } from './table.ts';
import { verdictText, verdictWord } from './verdict-text.ts';
import { remarksOf, weighedLines, weighedTitle } from './weighed-text.ts';

/** The number of findings that are written out; a comment on GitHub holds 65,536 characters. */
const written = 30;

/** The report as GitHub's and GitLab's Markdown, for a comment on a pull request or the summary of a job. */
export function renderMarkdown(report: Report, { hidesFix = false }: Pick<ReportLayout, 'hidesFix'> = {}): string {
  const { findings } = report;
  const shown = findings.slice(0, written);
  const left = findings.length - shown.length;
  const verdict = verdictText(report);
  const remarks = remarksOf(report);
  const blocks = [
    `### rowproof: ${inline(report.verdict === null ? '' : `${verdictWord(report.verdict)}. `)}${inline(summaryText(report))}`,
    ...coverageTexts(report).map(inline),
    inline(describeSettings(report)),
    ...(report.steps.length > 0 ? [table(report)] : []),
    ...shown.map((finding) => section(finding, isFirstWith(finding, findings))),
    ...(left > 0 ? [`${left} more findings are left out here.`] : []),
    ...(hidesFix ? [] : fixTexts(report)).map(inline),
    ...(report.weighed.length > 0 ? [weighed(report)] : []),
    ...(report.copy === undefined ? [] : [costs(costTitle, costTable(report), copyTexts(report))]),
    ...(report.forecast === undefined ? [] : [costs(forecastTitle(report), forecastTable(report), [])]),
    ...(remarks.length > 0 ? [remarkList(remarks)] : []),
    ...(verdict === null ? [] : [`**${inline(verdict)}**`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The cost of the migrations, on the copy or by a forecast. @param told what stands below the table. */
function costs(title: string, [heads, ...rows]: readonly (readonly string[])[], told: readonly string[]): string {
  const table =
    heads === undefined
      ? []
      : [
          row(heads),
          row(heads.map((_, i) => (i === 0 ? '---' : '--:'))),
          ...rows.map((cells) => row(cells.map(inline))),
        ];
  const blocks = [table.join('\n'), told.map(inline).join(' ')].filter((block) => block !== '');
  return `<details><summary>${inline(title)}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`;
}

function table(report: Report): string {
  const lines = readLines(report).map(({ label, marks }) => row([inline(label), ...marks.map((mark) => signs[mark])]));
  return [row(['migration', ...report.datasets]), row(['---', ...report.datasets.map(() => ':-:')]), ...lines].join(
    '\n',
  );
}

const marks = { error: '❌', warning: '⚠️', note: 'ℹ️' } as const;

function section(finding: Finding, showsRewrite: boolean): string {
  const { severity, migration, title, sql, datasets, details, why, instead } = finding;
  const where = [placeText(finding), statementText(finding) ?? '', datasets.join(', ')].filter((part) => part !== '');
  const needs = needsText(finding);
  const message = inline(messageText(finding));
  const rows = [...details, ...(needs === null ? [] : [needs])].map(inline);
  const head = [`#### ${marks[severity]} ${inline(migration)}: ${inline(title)}`, inline(where.join(' · '))];
  // A note gives a number and needs neither explanation nor advice.
  if (severity === 'note') return [...head, message].join('\n\n');
  return [
    ...head,
    ...(sql === null ? [] : [fenced(sql)]),
    message,
    ...(rows.length > 0 ? [rows.join(' ')] : []),
    `**Why.** ${inline(why)}`,
    `**Instead.** ${inline(instead)}`,
    ...askTexts(finding).map((query) => `Ask production:\n\n${fenced(query)}`),
    ...(showsRewrite ? rewritten(finding) : []),
  ].join('\n\n');
}

function rewritten(finding: Finding): string[] {
  const lines = diffLines(finding);
  if (lines.length === 0) return [];
  return [`**Rewrite.** ${inline(rewriteTexts(finding).join(' '))}`, fence('diff', lines)];
}

/** The warnings that production's rows rule in or out. */
function weighed(report: Report): string {
  const lines = weighedLines(report).map(({ said, about }) => `- **${inline(said)}.** ${inline(about)}`);
  return `<details><summary>${weighedTitle}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

function remarkList(notes: readonly ReportNote[]): string {
  return `<details><summary>Remarks</summary>\n\n${notes.map(({ text }) => `- ${inline(text)}`).join('\n')}\n\n</details>`;
}

/** A text without any effect: no markup, no HTML, no link, no mention of a user. */
function inline(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_[\]|#~!$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replaceAll('://', '&#58;//');
}

/** SQL, in a fence that is longer than any in it. */
function fenced(code: string): string {
  return fence('sql', code.split('\n').map(printable));
}

function fence(language: string, lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${text}\n${mark}`;
}
