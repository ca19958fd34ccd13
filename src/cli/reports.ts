import type { ResolvedConfig } from '../config.ts';
import type { Inputs } from '../files/inputs.ts';
import { appendText } from '../files/output.ts';
import type { Report } from '../model/report.ts';
import { coverageTexts } from '../report/coverage-text.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { type Paint, plain } from '../report/paint.ts';
import { printable } from '../report/printable.ts';
import { reporters } from '../report/reporters.ts';
import { summaryStyle, summaryText } from '../report/summary-text.ts';
import { verdictStyle, verdictText } from '../report/verdict-text.ts';
import { chooseReports } from './formats.ts';
import type { Flags } from './options.ts';
import { paintFor, placeOutput } from './output.ts';
import { rooted } from './rooted.ts';

/** The width of a report outside of a terminal. */
const usualWidth = 120;

/** The reports that a run writes. */
export interface PlacedReports {
  /** Whether one of them draws the history. */
  readonly needPicture: boolean;
  /** Writes them; a run whose reports all go to files prints its result. */
  readonly write: (report: Report) => void;
}

/**
 * Finds the targets of a run's reports, before the work.
 * @throws HarnessError `output-unwritable`, `bad-flag`; the writing `output-unwritable`, `disk-full`
 */
export function placeReports(
  flags: Pick<Flags, 'format' | 'output' | 'fix'>,
  inputs: Inputs,
  { verbose, hidesFix = flags.fix ?? false }: Pick<ResolvedConfig, 'verbose'> & { readonly hidesFix?: boolean },
): PlacedReports {
  const outputs = chooseReports(flags.format, flags.output, process.env).map(({ format, file }) => ({
    format,
    file,
    output: placeOutput(file ?? undefined, inputs),
  }));
  const write = (report: Report): void => {
    for (const { format, file, output } of outputs) {
      output.write(
        reporters[format](rooted(report, format, process.env, process.cwd()), {
          ...(file === null ? layoutOf(process.stdout) : { paint: plain, width: usualWidth }),
          showsScripts: verbose,
          hidesFix,
        }),
      );
    }
    if (outputs.some(({ format }) => format === 'github')) writeStepSummary(report);
    if (outputs.every(({ output }) => output.isFile)) {
      const paint = paintFor(process.stdout);
      const files = outputs.map(({ format, file }) => `  ${format}: ${printable(file ?? '')}\n`);
      const told = coverageTexts(report).map((text) => `${text}\n`);
      const result = `${paint(summaryStyle(report), summaryText(report))}\n${told.join('')}${files.join('')}`;
      process.stdout.write(`${result}${verdictLine(report, paint)}`);
    }
  };
  return { needPicture: outputs.some(({ format }) => format === 'html'), write };
}

/** The verdict of a gate is the last line. */
function verdictLine(report: Report, paint: Paint): string {
  const text = verdictText(report);
  return report.verdict === null || text === null ? '' : `${paint(verdictStyle(report.verdict), text)}\n`;
}

/** The formats that hold the scripts of findings, whatever the flags. */
const withScripts: ReadonlySet<string> = new Set(['json', 'html']);

/** The same config, with scripts for findings where a report holds them. */
export function withReproductions(config: ResolvedConfig, flags: Pick<Flags, 'format' | 'output'>): ResolvedConfig {
  const isHeld = chooseReports(flags.format, flags.output, process.env).some(({ format }) => withScripts.has(format));
  return { ...config, reproductions: config.reproductions || isHeld };
}

function layoutOf(stream: NodeJS.WriteStream): { readonly paint: Paint; readonly width: number } {
  return { paint: paintFor(stream), width: stream.isTTY ? Math.max(60, Math.min(stream.columns, 200)) : usualWidth };
}

/**
 * Adds the report to the summary of the job, where GitHub Actions has a file for it.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
 */
function writeStepSummary(report: Report): void {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') appendText(file, renderMarkdown(report));
}
