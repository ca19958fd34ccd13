import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { styleText } from 'node:util';
import type { FailOn } from '../config.ts';
import { HarnessError } from '../errors.ts';
import type { Report } from '../model/report.ts';
import { type Paint, plain } from '../report/paint.ts';
import { type Format, reporters } from '../report/reporters.ts';

/** Exit codes, as scripts hold on to them. */
export const exitCodes = { clean: 0, findings: 1, couldNotRun: 2 } as const;

/** Colours where `stream` is a terminal that wants them; NO_COLOR and FORCE_COLOR are heeded by Node. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/** Fails before the work is done rather than after it. @throws HarnessError `output-unwritable` */
export function checkWritable(file: string | undefined): void {
  if (file === undefined) return;
  try {
    const path = resolve(file);
    accessSync(dirname(path), constants.W_OK);
    const known = statSync(path, { throwIfNoEntry: false });
    if (known?.isDirectory() === true) throw new Error('it is a folder');
    if (known !== undefined) accessSync(path, constants.W_OK);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

/** Writes a report where the flags want it. @throws HarnessError `output-unwritable` */
export function writeReport(report: Report, format: Format, file: string | undefined): void {
  if (file === undefined) {
    const width = process.stdout.isTTY ? Math.max(60, Math.min(process.stdout.columns, 140)) : 120;
    process.stdout.write(reporters[format](report, { paint: paintFor(process.stdout), width }));
    return;
  }
  writeText(file, reporters[format](report, { paint: plain, width: 120 }));
}

/** Writes a text into a file. @throws HarnessError `output-unwritable` */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

/** The exit code of a report. */
export function exitCodeOf({ summary }: Report, failOn: FailOn): number {
  const counted = { error: summary.errors, warning: summary.errors + summary.warnings, never: 0 }[failOn];
  return counted > 0 ? exitCodes.findings : exitCodes.clean;
}

/** What the progress line needs of a stream. */
type ProgressStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> & { write: (text: string) => unknown };

/** A line that tells how far a long run is, on a terminal only; it wipes itself out. */
export function progressLine(stream: ProgressStream = process.stderr): {
  show: (text: string) => void;
  clear: () => void;
} {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  const wipe = '\r\u001b[2K';
  return {
    show: (text) => stream.write(`${wipe}${text.slice(0, Math.max(20, stream.columns - 1))}`),
    clear: () => stream.write(wipe),
  };
}

function unwritable(file: string, cause: unknown): HarnessError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new HarnessError('output-unwritable', `${file} cannot be written: ${message}.`, {
    remedy: 'Name a file in a folder that exists and that you may write to.',
    facts: { file },
    cause,
  });
}
