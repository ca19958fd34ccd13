import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Report } from '../../model/report.ts';
import { copyTexts } from '../copy-text.ts';
import { costTable, costTitle } from '../cost-text.ts';
import { coverageTexts } from '../coverage-text.ts';
import type { ReportLayout } from '../finding-lines.ts';
import { fixTexts } from '../fix-text.ts';
import { forecastTable, forecastTitle } from '../forecast-text.ts';
import { describePlace } from '../place.ts';
import { describeRunner, describeSettings } from '../settings-text.ts';
import { summaryText } from '../summary-text.ts';
import { verdictText } from '../verdict-text.ts';
import { weighedLines, weighedTitle } from '../weighed-text.ts';
import { toPageData } from './data.ts';
import { escapeHtml, scriptJson } from './escape.ts';

/** The scripts of the page, in the order in which they need each other. They share one scope, as classic scripts do. */
const scripts = [
  'dom',
  'filters',
  'map',
  'diff',
  'growth',
  'finding',
  'list',
  'counts',
  'layout',
  'schema',
  'main',
] as const;

/**
 * The report as one page that opens from a file, asks no server for anything, and runs nothing but its own scripts: the
 * policy names them by their hashes. Texts of the project are data, which the scripts put in as text.
 * https://www.w3.org/TR/CSP3/
 */
export function renderHtml(report: Report, { hidesFix = false }: Pick<ReportLayout, 'hidesFix'> = {}): string {
  const style = readPart('page.css');
  const codes = scripts.map((name) => readPart(`${name}.js`));
  const policy = [
    "default-src 'none'",
    `script-src ${codes.map(hashed).join(' ')}`,
    `style-src ${hashed(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(`rowproof: ${report.directory}`)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    body(report, hidesFix ? [] : fixTexts(report)),
    `<script type="application/json" id="data">${scriptJson(toPageData(report))}</script>`,
    ...codes.map((code) => `<script>${code}</script>`),
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

/** @param more what stands below the result */
function body(report: Report, more: readonly string[]): string {
  const { rowproof, directory, summary, gate } = report;
  const count = summary.migrations === 1 ? '1 migration' : `${summary.migrations} migrations`;
  const runner = describeRunner(report);
  const lines = [
    `${count} in ${directory}`,
    ...(runner === null ? [] : [runner]),
    describeSettings(report),
    ...(gate === null ? [] : [`${gate.file} is at ${describePlace(gate)}; ${gate.pending} pending.`]),
  ];
  return `<a class="skip" href="#findings">Skip to the findings</a>
<header>
<h1>rowproof <small>${escapeHtml(rowproof)}</small></h1>
${lines.map((line) => `<p class="dim">${escapeHtml(line)}</p>`).join('\n')}
<p class="summary ${summary.errors > 0 ? 'error' : summary.warnings > 0 ? 'warning' : 'clean'}">${escapeHtml(summaryText(report))}</p>
${[...coverageTexts(report), ...more].map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}
${verdictLine(report)}</header>
<noscript><p>This page needs its scripts, which are part of it. The formats markdown and json need none.</p></noscript>
<main>
<section id="map" aria-labelledby="map-title"></section>
<section id="findings" tabindex="-1" aria-labelledby="findings-title"></section>
${weighedSection(report)}${costSection(report)}${forecastSection(report)}<section id="counts" aria-labelledby="counts-title"></section>
<section id="schema" aria-labelledby="schema-title"></section>
<section id="remarks" aria-labelledby="remarks-title"></section>
</main>`;
}

/** The verdict of a gate. */
function verdictLine(report: Report): string {
  const text = verdictText(report);
  if (report.verdict === null || text === null) return '';
  return `<p class="summary ${report.verdict.go ? 'clean' : 'error'}">${escapeHtml(text)}</p>\n`;
}

/** The warnings that production's rows rule in or out; they need no script. */
function weighedSection(report: Report): string {
  const lines = weighedLines(report).map(
    ({ said, about }) => `<li><b>${escapeHtml(said)}.</b> ${escapeHtml(about)}</li>`,
  );
  if (lines.length === 0) return '';
  return `<section aria-labelledby="weighed-title">
<h2 id="weighed-title">${weighedTitle}</h2>
<ul>
${lines.join('\n')}
</ul>
</section>
`;
}

/** The cost of the copy, and of the pending migrations on it. */
function costSection(report: Report): string {
  const told = copyTexts(report);
  return told.length === 0 ? '' : costTableSection('cost', costTitle, costTable(report), told);
}

/** The forecast of the cost by a profile. */
function forecastSection(report: Report): string {
  return report.forecast === undefined
    ? ''
    : costTableSection('forecast', forecastTitle(report), forecastTable(report), []);
}

/** A table of costs, with what is told below it. @param id the beginning of its ids. */
function costTableSection(
  id: string,
  title: string,
  table: readonly (readonly string[])[],
  told: readonly string[],
): string {
  const below = told.length === 0 ? '' : `<p>${told.map(escapeHtml).join(' ')}</p>\n`;
  return `<section aria-labelledby="${id}-title">
<h2 id="${id}-title">${escapeHtml(title)}</h2>
${costRows(id, table)}${below}</section>
`;
}

function costRows(id: string, [heads, ...rows]: readonly (readonly string[])[]): string {
  if (heads === undefined) return '';
  const line = (cells: readonly string[]): string => {
    const [first = '', ...rest] = cells.map(escapeHtml);
    return `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  };
  return `<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}-title">
<table class="rows">
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(line).join('\n')}
</tbody>
</table>
</div>
`;
}

/** A file of the page, which lies beside this one in the package as well. */
function readPart(name: string): string {
  return readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8');
}

/** The source expression of a script or style. https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function hashed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
