import { inlineValues } from '../sql/bound.ts';
import { significantTokens } from '../sql/tokens.ts';
import { readPythonValues } from './python-values.ts';

/** How long a statement took, as Django and Rails write it, with what Rails calls the statement. */
const took = /(?:[A-Z][\w: ]*)?\(\d+(?:\.\d+)? ?m?s?\)\s+/;

const time = /(?:\d{4}-\d\d-\d\d[ T][\d:.,]+\S*\s+)?(?:[A-Z], \[.*?\]\s+)?/;

const level =
  /\[?(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR)\]?\b[:\s]*(?:--\s*:\s*)?(?:\[[\w.]+\]|\w+(?:\.\w+)+)?:?[ \t]*/;

/** The beginning of a line that a logger writes: a time, a level and the name of the logger, or how long a statement took. */
const entry = new RegExp(`^(?:${time.source}${level.source}(?:${took.source})?|\\s*${took.source})`);

const statement =
  /^\s*(?:create\s+(?:unique\s|virtual\s|temp|table\b|index\b|view\b|trigger\b)|alter\s+table\b|drop\s+(?:table|index|view|trigger)\b|insert\s+(?:into|or)\b|replace\s+into\b|update\s+\S+.*\bset\b|delete\s+from\b|pragma\s+\w|begin\b|commit\b|end\b|rollback\b|savepoint\s|release\s|with\s|select\b)/is;

/** The values that SQLAlchemy writes in an entry of their own. */
const values = /^\s*\[(?:generated in|cached since|no key|raw sql|dialect)[^\]]*\]\s*([[(].*)$/s;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of terminals begin with one
const colours = /\u001b\[[\d;]*m/g;

/**
 * The statements in what a migrator logs: those that a pattern finds, or one a line, with the decoration of the loggers of
 * SQLAlchemy, Django and Rails; an entry may go on over further lines.
 * @param pattern finds a statement by its group `sql`, else its first group, else as a whole.
 */
export function readStatementLog(text: string, pattern: RegExp | null): readonly string[] {
  const plain = text.replaceAll(colours, '').replaceAll('\r\n', '\n');
  if (pattern !== null) {
    const found = plain.matchAll(new RegExp(pattern.source, [...new Set(`${pattern.flags}g`)].join('')));
    return [...found].flatMap((match) => (match.groups?.['sql'] ?? match[1] ?? match[0]).trim() || []);
  }
  return entriesOf(plain).reduce<string[]>(take, []);
}

/** Entries of a logger with the lines that follow each; lines without one are entries where a statement begins in them. */
function entriesOf(text: string): string[] {
  const entries: string[] = [];
  let isDecorated = false;
  for (const line of text.split('\n')) {
    const head = entry.exec(line)?.[0];
    const begins = head !== undefined || ((!isDecorated || entries.length === 0) && statement.test(line));
    if (head !== undefined) isDecorated = true;
    if (begins && !isUnfinished(entries.at(-1), head)) entries.push(line.slice(head?.length ?? 0));
    // Behind its end another line says something else.
    else if (/;\s*$/.test(entries.at(-1) ?? '') && !isUnfinished(entries.at(-1), head)) entries.push(line);
    else if (entries.length > 0) entries.push(`${entries.pop()}\n${line}`);
  }
  return entries;
}

/** Whether a parenthesis, or the body of a trigger, is open still. */
function isUnfinished(before: string | undefined, head: string | undefined): boolean {
  if (before === undefined || head !== undefined || !statement.test(before)) return false;
  const words = significantTokens(before).map(({ text }) => text.toLowerCase());
  if (/^\s*create\s+(?:temp\w*\s+)?trigger\b/i.test(before)) return words.findLast((word) => word !== ';') !== 'end';
  return words.filter((word) => word === '(').length > words.filter((word) => word === ')').length;
}

function take(statements: string[], text: string): string[] {
  const given = values.exec(text)?.[1];
  if (given !== undefined) return bind(statements, given);
  if (!statement.test(text)) return statements;
  const sql = text
    .trim()
    // Django writes the values behind the text that holds them already.
    .replace(/;\s*args=.*$/s, '')
    .replace(/^begin\s*\((?:implicit|savepoint)\)$/i, 'BEGIN')
    .replace(/;\s*$/, '');
  return [...statements, sql];
}

/** Puts values into the statement before them, once for each time that it ran. */
function bind(statements: string[], given: string): string[] {
  const sql = statements.at(-1);
  const runs = readPythonValues(given);
  if (sql === undefined || runs === null || !significantTokens(sql).some(({ text }) => text === '?')) return statements;
  try {
    return [...statements.slice(0, -1), ...runs.map((positional) => inlineValues(sql, { positional, named: null }))];
  } catch {
    // Values of another statement: this one is not what ran, and its `?` says so.
    return statements;
  }
}
