import type { Statement } from '../model/history.ts';
import { tokens } from '../sql/tokens.ts';
import type { Database } from './connection.ts';

/**
 * The line of the word that a syntax error is near, if it is not the first line of its statement; null for other messages.
 * Where the word stands more than once, SQLite compiles the text up to each of them and tells which one it refuses. It runs
 * nothing when it compiles, except for PRAGMAs.
 */
export function syntaxLine(db: Database, { sql, line, head }: Statement, message: string): number | null {
  const near = /^near "(.*)": syntax error$/s.exec(message)?.[1];
  if (near === undefined) return null;
  const places = [...tokens(sql)].filter(({ start, end }) => sql.slice(start, end) === near);
  const [only] = places;
  const refused =
    places.length === 1 || head.verb === 'pragma'
      ? only
      : places.find(({ end }) => refusal(db, sql.slice(0, end)) === message);
  if (refused === undefined) return null;
  return line + (sql.slice(0, refused.start).match(/\n/g)?.length ?? 0);
}

function refusal(db: Database, sql: string): string | null {
  try {
    db.prepare(sql);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : null;
  }
}
