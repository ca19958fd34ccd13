import { HarnessError } from '../errors.ts';
import { readSqlText } from '../load/text.ts';
import type { CodeFrame, Finding, ReportedFinding } from '../model/finding.ts';

/** The lines before and after a statement that give it a context. */
const context = 2;

/** The most lines of a statement. */
const longest = 12;

/** The most characters of a line: a generated file may stand on one line. */
const widest = 400;

/** The size in bytes from which a file is no longer read a second time. */
const largest = 4 * 2 ** 20;

/** Gives each finding the lines of its file round its place. Each file is read once. */
export function withFrames(findings: readonly ReportedFinding[]): ReportedFinding[] {
  const files = new Map<string, readonly string[] | null>();
  const linesOf = (file: string): readonly string[] | null => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const lines = readLines(file);
    files.set(file, lines);
    return lines;
  };
  return findings.map((finding) => {
    const lines = finding.file === null || finding.line === null ? null : linesOf(finding.file);
    const frame = lines === null ? null : frameOf(finding, lines);
    return frame === null ? finding : { ...finding, frame };
  });
}

function readLines(file: string): string[] | null {
  try {
    return readSqlText(file, file, largest).split(/\r?\n/);
  } catch (error) {
    // A report needs no frame, and a file may be gone by now.
    if (error instanceof HarnessError) return null;
    throw error;
  }
}

function frameOf({ file, line, sql }: Finding, lines: readonly string[]): CodeFrame | null {
  if (line === null || line > lines.length) return null;
  const statement = sql === null ? null : findStatement(sql.split(/\r?\n/), lines, line);
  // A file of SQL that no longer holds the statement has changed since; a program holds it in other words.
  if (statement === null && sql !== null && file?.endsWith('.sql') === true) return null;
  const start = Math.max(statement?.start ?? line, line - longest / 2);
  const end = Math.min(statement?.end ?? line, start + longest - 1);
  const first = Math.max(1, start - context);
  const shown = lines.slice(first - 1, Math.min(lines.length, end + context)).map(cut);
  while (shown.length > end - first + 1 && shown.at(-1)?.trim() === '') shown.pop();
  return { first, lines: shown, line, start, end };
}

/** The lines of the statement that has a line; null if the file does not hold it there. */
function findStatement(
  own: readonly string[],
  lines: readonly string[],
  line: number,
): { readonly start: number; readonly end: number } | null {
  for (let start = line; start > 0 && start > line - own.length; start--) {
    if (own.every((text, i) => (lines[start - 1 + i] ?? '').includes(text.trim())))
      return { start, end: start + own.length - 1 };
  }
  return null;
}

function cut(line: string): string {
  return line.length > widest ? `${line.slice(0, widest)}…` : line;
}
