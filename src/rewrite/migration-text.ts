import type { Migration, Statement } from '../model/history.ts';
import { isBlank, tokens } from '../sql/tokens.ts';

/** A statement with its place in the text of its file. */
export interface PlacedStatement extends Statement {
  readonly start: number;
  /** Behind its last word, before the semicolon. */
  readonly end: number;
}

/** The text of a file with the places of its statements. */
export interface MigrationText {
  readonly text: string;
  readonly statements: readonly PlacedStatement[];
}

/** A change of a text: what stands from `start` to `end` gives way to `by`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** Finds the statements of a migration in the text of its file; null where one does not stand there word for word. */
export function placeStatements(text: string, { statements }: Migration): MigrationText | null {
  const lines = lineStarts(text);
  let from = 0;
  const placed: PlacedStatement[] = [];
  for (const statement of statements) {
    const start = text.indexOf(statement.sql, Math.max(from, lines[statement.line - 1] ?? text.length));
    if (start < 0) return null;
    const end = start + statement.sql.length;
    placed.push({ ...statement, start, end });
    from = end;
  }
  return { text, statements: placed };
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** The text with all changes; null where two of them overlap, or none is given. */
export function applyEdits(text: string, edits: readonly Edit[]): string | null {
  if (edits.length === 0) return null;
  let result = '';
  let from = 0;
  for (const { start, end, by } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < from) return null;
    result += text.slice(from, start) + by;
    from = end;
  }
  return result + text.slice(from);
}

/** Puts statements before another one, below the comments that stand above it. */
export function insertBefore(file: MigrationText, { start }: PlacedStatement, statements: readonly string[]): Edit {
  const by = statements.map((sql) => inStyle(file, sql) + separator(file)).join('');
  return { start, end: start, by };
}

/** Puts statements behind another one, on lines of their own. */
export function insertAfter(file: MigrationText, statement: PlacedStatement, statements: readonly string[]): Edit {
  const { text } = file;
  const mark = breakpoint(file);
  const ended = behind(text, statement.end);
  const isEnded = text.slice(statement.end, ended).includes(';');
  // A comment behind the statement stays on its line.
  const rest = mark === '' && isEnded ? (/^[ \t]*(?:--[^\r\n]*)?/.exec(text.slice(ended))?.[0] ?? '') : '';
  const at = ended + rest.length;
  const by = statements.map((sql) => `${mark}${lineEnd(file)}${inStyle(file, sql)};`).join('');
  return { start: at, end: at, by: isEnded ? by : `;${by}` };
}

/** Takes a statement out, with its semicolon and the rest of its line. */
export function remove({ text }: MigrationText, { start, end }: PlacedStatement): Edit {
  const at = behind(text, end);
  const rest = /^[ \t]*(?:--> statement-breakpoint)?[ \t]*(?:\r?\n|$)/.exec(text.slice(at))?.[0] ?? '';
  const isAlone = /(?:^|\n)[ \t]*$/.test(text.slice(0, start));
  return { start: isAlone ? text.lastIndexOf('\n', start - 1) + 1 : start, end: at + rest.length, by: '' };
}

/** Changes a part of a statement, by offsets in its own text. */
export function within({ start }: PlacedStatement, from: number, to: number, by: string): Edit {
  return { start: start + from, end: start + to, by };
}

/** Puts another text in the place of a whole statement. */
export function replace(file: MigrationText, { start, end }: PlacedStatement, sql: string): Edit {
  return { start, end, by: inStyle(file, sql) };
}

/** The offset behind the semicolon of a statement, or behind the statement where it has none. */
function behind(text: string, end: number): number {
  for (const token of tokens(text.slice(end))) {
    if (text[end + token.start] === ';') return end + token.end;
    if (!isBlank(token)) break;
  }
  return end;
}

function separator(file: MigrationText): string {
  return `;${breakpoint(file)}${lineEnd(file)}`;
}

function lineEnd({ text }: MigrationText): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** drizzle takes a file apart at these lines, and its drivers take one statement at a time. */
function breakpoint({ text }: MigrationText): string {
  return text.includes('--> statement-breakpoint') ? '--> statement-breakpoint' : '';
}

/** Keywords in the case in which the file has them. */
export function inStyle({ statements }: MigrationText, sql: string): string {
  const isLower = statements.length > 0 && statements.every((each) => /^[a-z]/.test(each.sql));
  if (!isLower) return sql;
  let result = '';
  for (const token of tokens(sql)) {
    const text = sql.slice(token.start, token.end);
    result += token.kind === 'word' && /^[A-Z]+$/.test(text) ? text.toLowerCase() : text;
  }
  return result;
}
