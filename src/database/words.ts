import type { Statement } from '../model/history.ts';
import type { ErrorWords } from '../model/outcome.ts';
import { holdsNoValue, type Said } from '../sql/messages.ts';
import { foldName, onOneLine, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';
import { type Database, sqliteError } from './connection.ts';

type Compilable = Pick<Statement, 'sql'>;

/**
 * Judges a message of SQLite by the present schema and by texts of the project. Compiling a statement reads no row, so
 * an error at that point is harmless too.
 * @param texts SQL of the project that may be shown.
 * @param statement the one that was run, where it may be compiled once more.
 */
export function judgeWords(
  db: Database,
  said: Said,
  texts: readonly string[],
  statement: Compilable | null = null,
): ErrorWords {
  return { ...said, harmless: saysWhenCompiled(db, statement, said) || holdsNoValue(said, readPublic(db, texts)) };
}

/** Something that the application registers and the connection lacks. */
export interface MissingPart {
  readonly kind: 'function' | 'collation sequence' | 'module' | 'tokenizer';
  readonly name: string;
}

/**
 * The part that the application registers and SQLite misses; null for any other error and for imitations: the name must
 * occur in the schema or in `texts`, because RAISE and functions can imitate any message.
 */
export function missingPart(db: Database, { code, message }: Said, texts: readonly string[]): MissingPart | null {
  const [, kind, name] =
    /^no such (function|collation sequence|module|tokenizer): (.+)$/s.exec(message) ??
    /^unknown (function): (.+)\(\)$/s.exec(message) ??
    [];
  if (name === undefined || !isKind(kind) || !/^SQLITE_ERROR/.test(code)) return null;
  return readPublic(db, texts).hasText(name) ? { kind, name } : null;
}

function isKind(word: string | undefined): word is MissingPart['kind'] {
  return word === 'function' || word === 'collation sequence' || word === 'module' || word === 'tokenizer';
}

function saysWhenCompiled(db: Database, statement: Compilable | null, { message }: Said): boolean {
  // A PRAGMA may act when it is compiled: https://sqlite.org/pragma.html
  if (statement === null || /pragma/i.test(statement.sql)) return false;
  try {
    db.prepare(statement.sql);
    return false;
  } catch (error) {
    return sqliteError(error)?.message === message;
  }
}

function readPublic(db: Database, texts: readonly string[]): Parameters<typeof holdsNoValue>[1] {
  let all: readonly string[] | null = null;
  const known = (): readonly string[] => {
    all ??= [...texts, ...schemaTexts(db)];
    return all;
  };
  return {
    hasName: (name) => known().some((text) => hasToken(text, foldName(name))),
    hasText: (text) => known().some((each) => each.includes(text) || onOneLine(each).includes(onOneLine(text))),
  };
}

/** A virtual table also names its sources in strings: https://sqlite.org/fts5.html#external_content_tables */
function hasToken(sql: string, folded: string): boolean {
  return (
    foldName(sql).includes(folded) && significantTokens(sql).some(({ text }) => foldName(unquote(text)) === folded)
  );
}

function schemaTexts(db: Database): string[] {
  try {
    return db
      .prepare<[], string>(
        `SELECT '"' || replace(name, '"', '""') || '" ' || ifnull(sql, '') FROM
           (SELECT name, sql FROM main.sqlite_schema UNION ALL SELECT name, sql FROM temp.sqlite_schema)`,
      )
      .pluck()
      .all();
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    // The public names are unknown, so no name is public.
    return [];
  }
}
