import { isAbsolute, relative, win32 } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** A line of a file. */
export interface StackLine {
  /** An absolute path. */
  readonly file: string;
  readonly line: number;
}

/** The origin of an error, and its line if known. */
export interface Blame {
  readonly whose: 'ours' | 'user';
  readonly place: StackLine | null;
}

/** The folder of our own modules, either sources or built files. */
const own = fileURLToPath(new URL('.', import.meta.url));

/**
 * Finds the origin of an error by the topmost frame of its stack that belongs neither to Node nor to a package. An
 * error without a frame of ours is the user's; so are errors of packages in a timer, and values without a stack.
 */
export function blame(thrown: unknown): Blame {
  const frames = framesOf(thrown);
  const top = frames.find(({ file }) => isOwn(file) || !isPackage(file));
  if (top === undefined) return { whose: 'user', place: null };
  return isOwn(top.file) ? { whose: 'ours', place: null } : { whose: 'user', place: top };
}

/**
 * The topmost line of user code in a stack, below code of ours or a package that it called. Null without such a line or
 * without a stack.
 */
export function userPlace(thrown: unknown): StackLine | null {
  return framesOf(thrown).find(({ file }) => !isOwn(file) && !isPackage(file)) ?? null;
}

/**
 * The lines of the user's in a stack, the topmost first.
 * @param folder where even a package's files are the user's, with a separator at its end.
 */
export function userPlaces(thrown: unknown, folder: string): StackLine[] {
  const isIn = (file: string): boolean => folder !== '' && file.startsWith(folder);
  return framesOf(thrown).filter(({ file }) => isIn(file) || (!isOwn(file) && !isPackage(file)));
}

/** A place as messages say it: relative where it lies below the working directory. */
export function describePlace({ file, line }: StackLine): string {
  const short = relative(process.cwd(), file).replaceAll('\\', '/');
  const shown = short === '' || short.startsWith('..') || isAbsolute(short) ? file : short;
  return `${shown}:${line}`;
}

/** The thrown value as one line of text, without colours. */
export function wordsOf(thrown: unknown): string {
  const text = safeText(thrown instanceof Error ? ownWords(thrown) : thrown);
  return stripVTControlCharacters(text)
    .replace(tail, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}

/** An error may have been given anything for its message and its name. */
function ownWords({ message, name }: Error): unknown {
  return message === '' ? name : message;
}

/** Any value can be thrown, even one without a text. */
function safeText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}

/** The text that loaders append to a message: the place of a syntax error, or the files that import a missing one. */
const tail = /\s*\n(?: \S[^\n]*:\d+:\d+|Require stack:.*)$/s;

/** The place of a syntax error is a separate line, before the message (Node) or after it (jiti). */
const alone = /^ ?((?:file:\/\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+)(?::\d+)?$/;
const frame = /^\s*at (?:async )?(?:.*? \()?((?:file:\/\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):\d+\)?$/;

function framesOf(thrown: unknown): StackLine[] {
  const stack = thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack.split('\n') : [];
  return stack.flatMap((text): StackLine[] => {
    const [, file, line] = frame.exec(text) ?? alone.exec(text) ?? [];
    return file === undefined ? [] : [{ file: pathOfFrame(file), line: Number(line) }];
  });
}

/**
 * The path that a frame of a stack names, as `resolve` would give it. A frame may hold a URL, the URL may have a query that made
 * Node load the module again, and loaders write paths of Windows with slashes.
 */
export function pathOfFrame(file: string, windows = process.platform === 'win32'): string {
  try {
    const path = file.startsWith('file:') ? fileURLToPath(file.replace(/\?.*$/, ''), { windows }) : file;
    return windows ? win32.normalize(path) : path;
  } catch {
    return file;
  }
}

function isOwn(file: string): boolean {
  return file.startsWith(own);
}

function isPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}
