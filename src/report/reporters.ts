// This room prints what the other rooms found: for people, and for other programs.
import type { Report } from '../model/report.ts';
import { renderJson } from './json.ts';
import { type Layout, renderTerminal } from './terminal.ts';

/** Turns a report into the text that is printed or written. */
export type Reporter = (report: Report, layout: Layout) => string;

/** The reporters by the name that `--format` takes. */
export const reporters = {
  terminal: renderTerminal,
  json: (report) => renderJson(report),
} as const satisfies Readonly<Record<string, Reporter>>;

/** A name that `--format` takes. */
export type Format = keyof typeof reporters;
