import { dirname } from 'node:path';
import { styleText } from 'node:util';
import type { FailOn } from '../config.ts';
import type { Inputs } from '../files/inputs.ts';
import { type Output, prepareOutput } from '../files/output.ts';
import { sweep } from '../files/temporary.ts';
import { endOf } from '../harness/unknown-parts.ts';
import type { Report } from '../model/report.ts';
import type { Paint } from '../report/paint.ts';
import { printable } from '../report/printable.ts';

/** The exit codes that scripts rely on. */
export const exitCodes = { clean: 0, findings: 1, couldNotRun: 2 } as const;

/** Colours if `stream` is a terminal that supports them; Node obeys NO_COLOR and FORCE_COLOR. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/**
 * Finds the target of a text: `file`, or the standard output without one. It fails before the work rather than after
 * it.
 * @throws HarnessError `output-unwritable`
 */
export function placeOutput(file: string | undefined, inputs: Inputs): Pick<Output, 'isFile' | 'write'> {
  if (file === undefined) return { isFile: false, write: (text) => void process.stdout.write(text) };
  const output = prepareOutput(file, inputs);
  tellSwept(output.swept, dirname(file));
  return output;
}

/** Removes the remains of killed runs from a folder, and reports it in one line. */
export function sweepAloud(folder: string): void {
  tellSwept(sweep(folder), folder);
}

function tellSwept(count: number, folder: string): void {
  if (count === 0) return;
  const what = count === 1 ? '1 copy' : `${count} copies`;
  process.stderr.write(`rowproof: removed ${what} that a killed run had left in ${printable(folder)}.\n`);
}

/** The exit code of a report; that of a gate agrees with its verdict. */
export function exitCodeOf(
  { summary, verdict = null, notes = [] }: Pick<Report, 'summary'> & Partial<Pick<Report, 'verdict' | 'notes'>>,
  failOn: FailOn,
): number {
  // A part of the history was not judged, so nothing says that it is clean.
  if (endOf({ notes }) !== null) return exitCodes.couldNotRun;
  if (failOn === 'never') return exitCodes.clean;
  const counted = failOn === 'error' ? summary.errors : summary.errors + summary.warnings;
  return counted > 0 || verdict?.go === false ? exitCodes.findings : exitCodes.clean;
}

/** The parts of a stream that the progress line uses. */
type ProgressStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> & { write: (text: string) => unknown };

/** A line with the progress of a long run, on a terminal of a person only; `clear` removes it. */
export function progressLine(
  stream: ProgressStream = process.stderr,
  { CI }: NodeJS.ProcessEnv = process.env,
): {
  show: (text: string) => void;
  clear: () => void;
} {
  // Some CI servers give their jobs a terminal, whose log keeps every state of the line.
  const isCi = CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
  if (!stream.isTTY || isCi) return { show: () => {}, clear: () => {} };
  const wipe = '\r\u001b[2K';
  return {
    show: (text) => stream.write(`${wipe}${text.slice(0, Math.max(20, stream.columns - 1))}`),
    clear: () => stream.write(wipe),
  };
}
