import type { Statement } from '../model/history.ts';
import { readHead } from './heads.ts';
import { isBlank, tokens } from './tokens.ts';

/** Where the reader stands in a statement. A trigger's body holds semicolons; only `; END ;` ends it. */
type ReaderState = 'start' | 'explain' | 'create' | 'plain' | 'trigger' | 'trigger-semicolon' | 'trigger-end';

/** A statement as a part of a text. */
export interface StatementSpan {
  readonly start: number;
  /** Behind its last token, without the semicolon. */
  readonly end: number;
  /** Behind its semicolon; null where the text ends without one. */
  readonly next: number | null;
}

/**
 * Splits SQL into its statements with their lines. Statements end where SQLite ends them, by the rules of
 * https://sqlite.org/c3ref/complete.html; comments before the first token belong to no statement, and a statement
 * without any token is none.
 */
export function splitStatements(sql: string): Statement[] {
  const lineAt = lineCounter(sql);
  return Array.from(statementSpans(sql), ({ start, end }, i) => {
    const text = sql.slice(start, end);
    return { index: i + 1, sql: text, line: lineAt(start), endLine: lineAt(end - 1), head: readHead(text) };
  });
}

/** Finds the statements of a text, as `splitStatements` does. No statement depends on what follows its semicolon. */
export function* statementSpans(sql: string): Generator<StatementSpan> {
  let place: ReaderState = 'start';
  let start = -1;
  let last = 0;
  for (const token of tokens(sql)) {
    if (isBlank(token)) continue;
    const text = sql.slice(token.start, token.end);
    if (text === ';' && place !== 'trigger' && place !== 'trigger-semicolon') {
      if (start >= 0) yield { start, end: last, next: token.end };
      start = -1;
      place = 'start';
      continue;
    }
    if (start < 0) start = token.start;
    last = token.end;
    place = nextPlace(place, text.toUpperCase());
  }
  if (start >= 0) yield { start, end: last, next: null };
}

function nextPlace(place: ReaderState, word: string): ReaderState {
  switch (place) {
    case 'start':
      if (word === 'EXPLAIN') return 'explain';
      return word === 'CREATE' ? 'create' : 'plain';
    case 'explain':
      if (word === 'CREATE') return 'create';
      return word === 'QUERY' || word === 'PLAN' ? 'explain' : 'plain';
    case 'create':
      if (word === 'TRIGGER') return 'trigger';
      return word === 'TEMP' || word === 'TEMPORARY' ? 'create' : 'plain';
    case 'trigger':
    case 'trigger-end':
      return word === ';' ? 'trigger-semicolon' : 'trigger';
    case 'trigger-semicolon':
      if (word === ';') return 'trigger-semicolon';
      return word === 'END' ? 'trigger-end' : 'trigger';
    case 'plain':
      return 'plain';
  }
}

/** A function from offsets, asked in ascending order, to 1-based lines; the text is walked once. */
function lineCounter(sql: string): (offset: number) => number {
  let line = 1;
  let seen = 0;
  return (offset) => {
    for (let next = sql.indexOf('\n', seen); next >= 0 && next < offset; next = sql.indexOf('\n', seen)) {
      line += 1;
      seen = next + 1;
    }
    return line;
  };
}
