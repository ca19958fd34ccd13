import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Fingerprint } from './folder.ts';
import { type Input, secret } from './input.ts';

/** The ending of a run, and its remains. */
export interface Ending {
  /** The exit code; null where a signal or the time limit ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** An error that came out of the command, or out of work that it had left behind; null when there was none. */
  readonly bug: string | null;
}

/** The places that a run had, and how they looked before it. */
export interface Scene {
  readonly input: Input;
  readonly folder: string;
  /** The folder that TMPDIR named, and what it held before. */
  readonly temporary: string;
  readonly kept: readonly string[];
  readonly before: Fingerprint;
  readonly after: Fingerprint;
}

/** The violations of a run, a sentence each; the words before the first colon name the kind of it. */
export function violations(ending: Ending, scene: Scene): string[] {
  return [
    ...ofExit(ending, scene),
    ...ofStacks(ending),
    ...ofTexts(ending, scene),
    ...ofPlaces(scene),
    ...ofDatabases(ending, scene),
  ];
}

function ofExit({ exit, bug, stdout, stderr }: Ending, { input }: Scene): string[] {
  if (bug !== null) return [];
  if (exit === null) return ['ended by the limit: it did not come to an end'];
  if (exit !== 0 && exit !== 1 && exit !== 2) return [`exit code: ${exit}`];
  if (exit === 2 && stderr.trim() === '') return ['says nothing: exit 2 without a message'];
  // A seed applies migrations to a database without rows, where an UPDATE has nothing to do.
  // Memory that is given back before anybody looks is no run without an end either.
  const isShort = input.args[0] === 'seed' || JSON.stringify(input.files).includes('zeroblob');
  if (exit === 0 && input.endless === true && !isShort) return ['clean without an end: exit 0'];
  // A history is told up to where the functions of the application are needed.
  const endsEarly = /uses the \w+ .* is not registered\./s.test(stderr);
  const isTold = stdout === '' || endsEarly || (wantsJson(input) && isErrorJson(stdout));
  if (exit === 2 && !isTold && input.args[0] !== 'migrate') return [`a report beside exit 2: ${cut(stdout)}`];
  if (exit !== 2 && stderr.includes('rowproof: ')) return [`exit code: ${exit} beside ${cut(stderr)}`];
  return exit !== 2 && stdout === '' && !input.args.some((arg) => /^(?:-o|--output)/.test(arg))
    ? [`says nothing: exit ${exit} and no report`]
    : [];
}

function wantsJson({ args }: Input): boolean {
  return args.some((arg, i) => arg === 'json' && args[i - 1] === '--format');
}

/** Whether a text is the JSON of an error and nothing else, with its code and its message. */
function isErrorJson(text: string): boolean {
  if (!isJsonText(text)) return false;
  const { error, ...rest }: { error?: { code?: unknown; message?: unknown } } = JSON.parse(text);
  const isWhole = Object.keys(rest).join() === 'rowproof,schemaVersion';
  return isWhole && typeof error?.code === 'string' && typeof error.message === 'string';
}

const ourStack = /^\s*at .*(?:file:\/\/\S*\/(?:src|dist)\/|\/(?:src|dist)\/\S*\.[tj]s:\d+)/m;

function ofStacks({ bug, stdout, stderr }: Ending): string[] {
  if (bug !== null) return [`a bug of ours: ${bug}`];
  const text = stderr + stdout;
  if (text.includes('this is a bug of rowproof')) return [`a bug of ours: ${cut(stderr)}`];
  return ourStack.test(text) ? [`a stack of ours: ${cut(text)}`] : [];
}

/** Control characters but line feeds, which would steer a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
/** Marks that reorder a line on a terminal. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/;

function ofTexts({ exit, stdout, stderr }: Ending, { input, folder }: Scene): string[] {
  const found: string[] = [];
  const outputs = (input.outputs ?? []).map((name) => join(folder, name)).filter(isReport);
  const written = outputs.map((path) => readFileSync(path, 'utf8'));
  const isJson = input.args[0] === 'profile' || wantsJson(input);
  for (const text of [stdout, stderr]) {
    const at = steering.exec(text);
    if (at !== null) found.push(`a control character: ${around(text, at.index)}`);
    const mark = text === stdout && isJson ? null : reordering.exec(text);
    if (mark !== null) found.push(`a direction mark: ${around(text, mark.index)}`);
  }
  for (const text of input.secrets === true ? [stdout, stderr, ...written] : []) {
    const at = text.indexOf(secret);
    if (at >= 0) found.push(`a value leaks: ${around(text, at)}`);
  }
  if (isJson && (exit === 0 || exit === 1) && /^\s*[{[]/.test(stdout) && !isJsonText(stdout))
    found.push(`no JSON: ${cut(stdout)}`);
  return found;
}

/** A database that was to be made is no text to search. */
function isReport(path: string): boolean {
  return !path.endsWith('.db') && existsSync(path) && statSync(path).isFile();
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function ofPlaces({ input, temporary, kept, before, after }: Scene): string[] {
  const { outputs = [], migrates } = input;
  // SQLite makes and removes files of its own beside a database that it may write.
  const owned = migrates === undefined ? [] : ['', '-wal', '-shm', '-journal'].map((ending) => migrates + ending);
  const mayChange = (name: string): boolean => outputs.includes(name) || owned.includes(name);
  const found: string[] = [];
  for (const [name, state] of after) {
    if (before.get(name) === state || mayChange(name)) continue;
    found.push(before.has(name) ? `a changed file: ${name}` : `a leftover: ${name}`);
  }
  for (const name of before.keys()) if (!after.has(name) && !mayChange(name)) found.push(`a file is gone: ${name}`);
  const left = readdirSync(temporary).filter((name) => !kept.includes(name) && !isScratch(join(temporary, name)));
  if (left.length > 0) found.push(`a leftover: TMPDIR/${left.join(', ').replaceAll(/[A-Za-z0-9]{6}(?=,|$)/g, '…')}`);
  return found;
}

/** The one file that a process writes over for every step, and that goes with it. */
function isScratch(folder: string): boolean {
  return /\/rowproof-[\w-]+$/.test(folder) && readdirSync(folder).join() === 'before.db';
}

/** A database that was made is whole, and one that was not is not there. */
function ofDatabases({ exit }: Ending, { input, folder, before, after }: Scene): string[] {
  if (input.args[0] !== 'seed') return [];
  return (input.outputs ?? []).flatMap((name) => {
    if (before.get(name) === after.get(name)) return [];
    return exit === 0 ? damageOf(join(folder, name)) : [`a leftover: ${name} of a run that failed`];
  });
}

/** The faults of a database file, in sentences of the law; none where it is whole. */
export function damageOf(path: string): string[] {
  // A migration that was killed leaves a journal, which SQLite plays back when it may write.
  const db = new Sqlite(path, { fileMustExist: true });
  try {
    const said = db.pragma('integrity_check(1)', { simple: true });
    return said === 'ok' ? [] : [`a damaged database: ${String(said)}`];
  } catch (error) {
    // A database that needs a missing function or module cannot be checked from here.
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_ERROR') return [];
    return [`a damaged database: ${String(error)}`];
  } finally {
    db.close();
  }
}

function cut(text: string): string {
  return text.trim().slice(0, 600);
}

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
}
