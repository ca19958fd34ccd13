import { dirname, join } from 'node:path';
import type { DriverName } from '../model/tool.ts';
import { codeFiles, textOf } from './code-files.ts';
import type { Folder } from './folder.ts';

/** The form of a tool's call in the program of an application. */
export interface ProgramForm {
  /** The call that runs the migrations, or the import that brings it. */
  readonly calls: RegExp;
  /** The driver that the program names; left out where the tool has one. */
  readonly driver?: (text: string) => DriverName | null;
  /** The form of a program that reads the tool's files itself and never calls it; left out where nobody writes one. */
  readonly own?: {
    readonly reads: RegExp;
    /** The import of the tool's own migrator, beside which such a program is another thing. */
    readonly unless: RegExp;
    /** The function that runs a text of several statements. */
    readonly runsSeveral: RegExp;
  };
}

/** The facts in the programs of a project about the connection that its migrations run on. */
export interface ProgramFacts {
  readonly driver: { readonly driver: DriverName; readonly evidence: string } | null;
  /** Whether foreign keys are on, and the line that switches them; null where no line does. */
  readonly foreignKeys: { readonly on: boolean; readonly evidence: string } | null;
  /** The place where the project reads the tool's files itself; null where the tool runs them. */
  readonly own: { readonly evidence: string; readonly runsSeveral: boolean } | null;
}

const nothing: ProgramFacts = { driver: null, foreignKeys: null, own: null };

interface Program {
  readonly file: string;
  readonly lines: readonly string[];
}

/** A text that switches foreign keys off, as a PRAGMA or in the options of a connection. */
export const switchesOff = /foreign_keys\b["'`]?\s*[=,(]?\s*["'`]?(?:off|0|false|no)\b/i;
const switchesOn = /(?:foreign_keys\b["'`]?\s*[=,(]?\s*["'`]?(?:on|1|true|yes)\b|[?&]_fk=(?:1|on|true))/i;

/**
 * Looks for the program that runs the migrations, in the package that the folder lies in. Nothing is executed. The text
 * before the call counts: a program that switches foreign keys off there does so for the migrations, since PRAGMA
 * foreign_keys acts on a connection outside of transactions. https://sqlite.org/pragma.html#pragma_foreign_keys
 */
export function readProgram(folder: Folder, form: ProgramForm): ProgramFacts {
  const manifest = folder.above(/^(?:package\.json|Cargo\.toml|go\.mod)$/);
  if (manifest === null) return nothing;
  const root = dirname(manifest.path);
  const programs = codeFiles(root).map((file) => ({ file, lines: textOf(join(root, file)).split('\n') }));
  const { driver } = form;
  const readers = readersAmong(programs, form);
  const [reader] = readers;
  const calls = reader === undefined ? form.calls : new RegExp(`${form.calls.source}|${reader.reads.source}`);
  const candidates = reader === undefined ? programs : readers.map(({ program }) => program);
  const own = reader === undefined ? null : { evidence: reader.evidence, runsSeveral: reader.runsSeveral };
  const wrappers = new Set(programs.flatMap(({ file, lines }) => (file.endsWith('.rs') ? functionsOf(lines) : [])));
  const callers = candidates.flatMap(({ file, lines }) => {
    const at = lastCall(lines, calls, wrappers);
    return at < 0 ? [] : [{ file, lines, at, before: lines.slice(0, at + 1) }];
  });
  const named = callers.flatMap(({ file, lines }) => {
    const found = driver?.(lines.join('\n')) ?? null;
    return found === null ? [] : [{ driver: found, evidence: file }];
  });
  const offs = callers.map(({ file, before }) => placeOf(file, before, switchesOff));
  const [off] = offs;
  // Where one of several programs leaves them on, rows are lost by that one.
  if (off !== undefined && off !== null && !offs.includes(null))
    return { driver: named[0] ?? null, foreignKeys: { on: false, evidence: off }, own };
  // Where each program switches them on right after the call, its author says when they begin to act.
  if (callers.length > 0 && callers.every(({ lines, at }) => isOnOnlyAfter(lines, at)))
    return { driver: named[0] ?? null, foreignKeys: null, own };
  const on = programs.map(({ file, lines }) => placeOf(file, lines, switchesOn)).find((place) => place !== null);
  return { driver: named[0] ?? null, foreignKeys: on === undefined ? null : { on: true, evidence: on }, own };
}

/** The programs that read the tool's files themselves, in a project that never calls the tool. */
function readersAmong(programs: readonly Program[], { own }: ProgramForm) {
  if (own === undefined || programs.some(({ lines }) => lines.some((line) => own.unless.test(line)))) return [];
  return programs.flatMap((program) => {
    const evidence = placeOf(program.file, program.lines, own.reads);
    const runsSeveral = program.lines.some((line) => own.runsSeveral.test(line));
    return evidence === null ? [] : [{ program, evidence, runsSeveral, reads: own.reads }];
  });
}

/** Whether a program switches keys on behind a call, in the block of the call, and nowhere before. */
function isOnOnlyAfter(lines: readonly string[], at: number): boolean {
  const isOn = (line: string): boolean => switchesOn.test(line) && !isBeside(line);
  if (lines.slice(0, at + 1).some(isOn)) return false;
  const indent = indentOf(lines[at] ?? '');
  const behind = lines.slice(at + 1);
  const end = behind.findIndex((line) => line.trim() !== '' && indentOf(line) < indent);
  return behind.slice(0, end < 0 ? behind.length : end).some((line) => isOn(line) && indentOf(line) === indent);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/**
 * The last line with the call: functions that it is used in stand before it, and imports before them. A function of the project's
 * own that bears the name of the call is none; the call stands inside of it.
 */
function lastCall(lines: readonly string[], calls: RegExp, wrappers: ReadonlySet<string>): number {
  return lines.findLastIndex((line) => {
    const called = isBeside(line) ? null : calls.exec(line);
    return called !== null && !wrappers.has(/(\w+)\s*\($/.exec(called[0])?.[1] ?? '');
  });
}

function functionsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /^\s*(?:pub\S*\s+)?(?:async\s+)?fn\s+(\w+)/.exec(line)?.[1] ?? []);
}

function placeOf(file: string, lines: readonly string[], form: RegExp): string | null {
  const at = lines.findIndex((line) => form.test(line) && !isBeside(line));
  return at < 0 ? null : `${file}:${at + 1}`;
}

/** A comment does nothing, and a database in memory is another one than production's. */
function isBeside(line: string): boolean {
  return /^\s*(?:\/\/|\*|#|--)|:memory:/.test(line);
}
