import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { cwd } from 'node:process';
import type { CodePlace } from '../../model/program.ts';

/** A place as findings give it. */
export interface ShownLine {
  /** As reports show it; null for the migration's own file. */
  readonly file: string | null;
  readonly line: number;
}

/** The number of lines below a call in which the text of an argument may begin. */
const reach = 40;

/** Says where statements stand. */
export interface Places {
  /** @param line of the statement, within the text that was issued at the place. */
  readonly at: (place: CodePlace, sql: string, line: number) => ShownLine;
  /** The line where the migration's own function begins, for what has no other place; 1 where it is not found. */
  readonly lineOfUp: number;
}

/**
 * Reads the places of a migration.
 * @param file its own file, as reports show it.
 * @param others files that are known too, as they are shown.
 */
export function showPlaces(file: string, others: readonly string[] = []): Places {
  const own = resolve(file);
  const shown = new Map(others.map((other) => [resolve(other), other]));
  const known = new Map<string, readonly string[]>();
  const linesOf = (path: string): readonly string[] => {
    const read = known.get(path) ?? readLines(path);
    known.set(path, read);
    return read;
  };
  const at: Places['at'] = (place, sql, line) => {
    const lines = linesOf(place.file);
    const start = lineOfText(lines, place.line, sql) ?? place.line;
    const there = start + (line - 1);
    return {
      file: place.file === own ? null : (shown.get(place.file) ?? shorten(place.file)),
      line: start === place.line && there > lines.length ? place.line : there,
    };
  };
  return { at, lineOfUp: linesOf(own).findIndex((line) => /\bup\b/.test(line)) + 1 || 1 };
}

/** The line at which a text stands word for word, at the call or below it. */
function lineOfText(lines: readonly string[], from: number, sql: string): number | null {
  if (!sql.includes('\n')) return null;
  const below = lines.slice(from - 1, from - 1 + reach + sql.split('\n').length).join('\n');
  const at = below.indexOf(sql);
  return at < 0 ? null : from + below.slice(0, at).split('\n').length - 1;
}

function shorten(path: string): string {
  const short = relative(cwd(), path).replaceAll('\\', '/');
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path.replaceAll('\\', '/') : short;
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    // A module that is made at run time has no file.
    return [];
  }
}
