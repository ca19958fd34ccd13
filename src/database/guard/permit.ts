import { HarnessError } from '../../errors.ts';
import { foldName } from '../../sql/quote.ts';
import { significantTokens, type TokenText } from '../../sql/tokens.ts';
import { asStatement } from '../../watch/activity.ts';
import type { Database, DriverStatement } from '../engine.ts';
import { type Opcode, otherFile } from './opcodes.ts';
import { refusedPragma } from './pragmas.ts';
import { undefendedWrite } from './undefended.ts';

/** Where a statement stands, for messages. */
export interface StatementOrigin {
  /** A file, or words for what has none. */
  readonly file: string;
  readonly line: number | null;
}

/** Nothing but these words makes SQLite touch another file or change what EXPLAIN itself would change. */
const risky = /attach|pragma|vacuum/i;

/** A statement that begins with one of these, before anything that could be skipped, does nothing to other files. */
const keepsToItself = /^(?:alter|create|delete|drop|insert|replace|select|update|values|with)(?![\w$\u0080-\uffff])/i;

/**
 * Makes sure that a statement of the user's keeps to the database at hand, in the state of the connection in which it is
 * about to run. SQLite decides: it is asked by EXPLAIN what the very text would do, because a reader of ours could be
 * led astray; where the first word settles it, SQLite makes sure that nothing follows. Statements without a word for
 * other files cost nothing.
 * @param sql one statement
 * @throws HarnessError `statement-refused`; SQLite's own error when the statement does not compile
 */
export function permit(db: Database, sql: string, place: StatementOrigin): void {
  if (db.undefended === true) refuse(undefendedWrite(db, sql), place);
  if (!risky.test(sql)) return;
  if (keepsToItself.test(sql)) {
    compile(db, sql, place);
    return;
  }
  const words = significantTokens(sql);
  const first = words.find(({ text }) => text !== ';');
  if (first === undefined) return;
  const verb = foldName(first.text);
  if (first.kind !== 'word') {
    refuse(`begins with ${JSON.stringify(first.text.slice(0, 40))}, with which no statement begins`, place);
  } else if (verb === 'pragma') {
    refuse(refusedPragma(sql, db.undefended !== true), place);
  } else if (verb === 'explain') {
    refuse(explainsPragma(words) ? 'explains a PRAGMA, which SQLite carries out nevertheless' : null, place);
    compile(db, sql, place);
  } else {
    refuse(otherFile(explain(db, sql, place)), place);
  }
}

/**
 * Runs one statement of the user's that keeps to the database at hand.
 * @throws HarnessError `statement-refused`; SQLite's own error
 */
export function runPermitted(db: Database, sql: string, place: StatementOrigin): void {
  permit(db, sql, place);
  asStatement(place.file, place.line ?? 0, () => db.exec(sql));
}

/** `EXPLAIN [QUERY PLAN] PRAGMA …`. https://sqlite.org/lang_explain.html */
function explainsPragma(words: readonly TokenText[]): boolean {
  const keys = words.slice(1, 4).map(({ text }) => foldName(text));
  return keys[0] === 'pragma' || (keys[0] === 'query' && keys[1] === 'plan' && keys[2] === 'pragma');
}

/** The program of a statement. The driver binds nothing by itself, so that a file whose name is a parameter stays unknown. */
function explain(db: Database, sql: string, place: StatementOrigin): Opcode[] {
  // A comment and not a space stands between, for a vertical tab behind a space would be one.
  const statement = compile(db, `EXPLAIN/**/${sql}`, place);
  try {
    return statement.all();
  } catch (error) {
    if (isUnbound(error)) return refuse('has a parameter, which no migration binds', place, error);
    throw error;
  }
}

/** Whether a driver, and not SQLite, misses the value of a parameter. */
export function isUnbound(error: unknown): boolean {
  return error instanceof RangeError || error instanceof TypeError;
}

/** Compiles what must be one statement; the driver refuses more. */
function compile(db: Database, sql: string, place: StatementOrigin): DriverStatement<[], Opcode> {
  try {
    return db.prepare<[], Opcode>(sql);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse('is more than one statement to SQLite', place, error);
  }
}

function refuse(why: string, place: StatementOrigin, cause?: unknown): never;
function refuse(why: string | null, place: StatementOrigin, cause?: unknown): void;
function refuse(why: string | null, { file, line }: StatementOrigin, cause?: unknown): void {
  if (why === null) return;
  throw new HarnessError('statement-refused', `${line === null ? file : `${file}:${line}`} ${why}, so it is not run.`, {
    remedy: 'Remove the statement: rowproof works on a copy of one database and protects all other files.',
    facts: line === null ? { file } : { file, line },
    cause,
  });
}
