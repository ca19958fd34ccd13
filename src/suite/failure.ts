import { resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { ReportedFinding } from '../model/finding.ts';
import { renderFinding } from '../report/finding-lines.ts';
import { plain } from '../report/paint.ts';
import { printable } from '../report/printable.ts';

/** A finding as the terminal prints it, without the sign at its head: vitest has its own. */
export function describeFinding(finding: ReportedFinding): string {
  // Vitest quotes the file by itself.
  const { frame: _quoted, ...quoted } = finding;
  return renderFinding(quoted, { paint: plain, width: 100 }).join('\n').replace(/^\S /, '');
}

/** The error of a test: named after the code, with the statement as its whole stack, because no program is at fault. */
export function findingFailure(finding: ReportedFinding): Error {
  const { code, file, line } = finding;
  return failure(code, describeFinding(finding), file === null ? [] : [frameAt(file, line ?? 1)]);
}

/** The error of a test for what another test has told in full: without a place, so that CI servers do not mark it twice. */
export function repeatedFailure({ code, migration, title }: ReportedFinding, side: string): Error {
  return failure(code, `${printable(migration)}  ${title}: the same as on ${side}`, []);
}

/**
 * The error for unusable inputs, with the remedy. Its stack is the line of the user's file, if known, and the call that
 * named the inputs.
 * @param error the thrown value; anything except a HarnessError is a bug of ours and is returned unchanged.
 * @param call the frames of the call.
 */
export function inputFailure(error: unknown, call: readonly string[]): unknown {
  if (!(error instanceof HarnessError)) return error;
  const { message, remedy } = error;
  const lines = remedy === null ? [message] : [message, remedy];
  return failure('rowproof', lines.map(printable).join('\n'), [...framesOf(error), ...call]);
}

/** The frames of the caller of `callee`, as they appear below an error's message. */
export function framesAbove(callee: (...args: never[]) => unknown): readonly string[] {
  const trace = { stack: '' };
  Error.captureStackTrace(trace, callee);
  return trace.stack.split('\n').slice(1);
}

/** A seed that throws has its own line in the stack of what it threw. */
function framesOf({ facts: { file, line }, cause }: HarnessError): readonly string[] {
  if (typeof file !== 'string') return [];
  if (typeof line === 'number') return [frameAt(file, line)];
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  return stack.split('\n').filter((frame) => /^\s*at /.test(frame) && frame.includes(resolve(file)));
}

// Without a name, because vitest takes parentheses in one for those of the place.
function frameAt(file: string, line: number): string {
  return `    at ${printable(resolve(file))}:${line}:1`;
}

function failure(name: string, message: string, frames: readonly string[]): Error {
  return Object.assign(new Error(message), { name, stack: [`${name}: ${message}`, ...frames].join('\n') });
}
