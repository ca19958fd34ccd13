import { isAbsolute, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** A line of a file. */
export interface Place {
  /** An absolute path. */
  readonly file: string;
  readonly line: number;
}

/** Whose code threw, and the line of it where that is known. */
export interface Blame {
  readonly whose: 'ours' | 'user';
  readonly place: Place | null;
}

/** The folder of our own modules, be they sources or built. */
const own = fileURLToPath(new URL('.', import.meta.url));

/**
 * Tells whose code an error comes from, by the topmost frame of its stack that is neither Node's nor a package's. One that
 * has no frame of ours is the user's, as are errors of packages in a timer and values without a stack.
 */
export function blame(thrown: unknown): Blame {
  const frames = framesOf(thrown);
  const top = frames.find(({ file }) => isOwn(file) || !isPackage(file));
  if (top === undefined) return { whose: 'user', place: null };
  return isOwn(top.file) ? { whose: 'ours', place: null } : { whose: 'user', place: top };
}

/**
 * The topmost line of the user's in a stack, whatever stands above it: code of ours that it called, or a package. Null
 * where there is none, or no stack.
 */
export function userPlace(thrown: unknown): Place | null {
  return framesOf(thrown).find(({ file }) => !isOwn(file) && !isPackage(file)) ?? null;
}

/**
 * The lines of the user's in a stack, the topmost first.
 * @param folder where even a package's files are the user's, with a separator at its end.
 */
export function userPlaces(thrown: unknown, folder: string): Place[] {
  const isIn = (file: string): boolean => folder !== '' && file.startsWith(folder);
  return framesOf(thrown).filter(({ file }) => isIn(file) || (!isOwn(file) && !isPackage(file)));
}

/** A place as messages say it: relative where it lies below the working directory. */
export function describePlace({ file, line }: Place): string {
  const short = relative(process.cwd(), file).replaceAll('\\', '/');
  const shown = short === '' || short.startsWith('..') || isAbsolute(short) ? file : short;
  return `${shown}:${line}`;
}

/** What was thrown, in words on one line, without colours. */
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

/** Anything can be thrown, also what has no text. */
function safeText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}

/** What loaders put behind a message: the place of a syntax error, or the files that asked for one that is not there. */
const tail = /\s*\n(?: \S[^\n]*:\d+:\d+|Require stack:.*)$/s;

/** Of a syntax error the place is a line of its own, before the message (Node) or behind it (jiti). */
const alone = /^ ?((?:file:\/\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+)(?::\d+)?$/;
const frame = /^\s*at (?:async )?(?:.*? \()?((?:file:\/\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):\d+\)?$/;

function framesOf(thrown: unknown): Place[] {
  const stack = thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack.split('\n') : [];
  return stack.flatMap((text): Place[] => {
    const [, file, line] = frame.exec(text) ?? alone.exec(text) ?? [];
    return file === undefined ? [] : [{ file: toPath(file), line: Number(line) }];
  });
}

/** A frame may hold a URL, and one that Node was given with a query to load a module anew. */
function toPath(file: string): string {
  try {
    return file.startsWith('file:') ? fileURLToPath(file.replace(/\?.*$/, '')) : file;
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
