// This room prints what the other rooms found: for people, and for other programs.
import type { Report } from '../model/report.ts';
import type { ReportLayout } from './finding-lines.ts';
import { renderGithub } from './github.ts';
import { renderGitlab } from './gitlab.ts';
import { renderHtml } from './html/html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';
import { renderTerminal } from './terminal.ts';

/** Turns a report into the text that is printed or written. */
export type Reporter = (report: Report, layout: ReportLayout) => string;

/** The reporters by the name that `--format` takes. */
export const reporters = {
  terminal: renderTerminal,
  json: renderJson,
  junit: renderJunit,
  sarif: renderSarif,
  github: renderGithub,
  gitlab: renderGitlab,
  markdown: renderMarkdown,
  html: renderHtml,
} as const satisfies Readonly<Record<string, Reporter>>;

/** A name that `--format` takes. */
export type Format = keyof typeof reporters;

/** These names, in the order in which help lists them. */
export const formats: readonly string[] = Object.keys(reporters);

/** Whether a text is one of them. */
export function isFormat(text: string): text is Format {
  return formats.includes(text);
}
