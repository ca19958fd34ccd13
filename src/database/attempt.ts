import { HarnessError } from '../errors.ts';
import type { Statement } from '../model/history.ts';
import type { Failure } from '../model/outcome.ts';
import { asStatement } from '../watch/activity.ts';
import { type Database, engineError, isMachineFault, sqliteError } from './connection.ts';
import { syntaxLine } from './syntax-line.ts';
import { judgeWords, type MissingPart, missingPart } from './words.ts';

/** The migration that statements are tried for. */
export interface Trying {
  readonly file: string;
  /** SQL of the project that may be shown. */
  readonly texts: readonly string[];
  /** Whether the migration sets a limit on pages, so that meeting it is its own doing. */
  readonly limitsPages: boolean;
}

/** The result of an attempt: the value of `work`, or its failure with the error that reported it. */
export type Attempt<T> = { readonly value: T } | { readonly failure: Failure; readonly error: unknown };

/**
 * Runs `work` for a statement and takes what SQLite says of it for an answer.
 * @param statement null where no statement of the migration is running.
 * @throws HarnessError `function-missing`; the error itself where the file or the machine is at fault, or where it is none
 * of SQLite's
 */
export function attempt<T>(db: Database, trying: Trying, statement: Statement | null, work: () => T): Attempt<T> {
  const { file, texts } = trying;
  try {
    return { value: asStatement(file, statement?.line ?? 0, work) };
  } catch (error) {
    const said = isFault(db, trying, error) ? null : (sqliteError(error) ?? engineError(error));
    if (said === null) throw error;
    const missing = missingPart(db, said, statement === null ? texts : [...texts, statement.sql]);
    if (missing !== null) throw partMissing(file, statement, missing, error);
    // Text that a program made may hold values of rows, and so may what SQLite says of it.
    const isShown = statement !== null && texts.includes(statement.sql);
    const words = judgeWords(db, said, texts, isShown ? statement : null);
    const at = statement === null ? 'commit' : 'statement';
    const line = statement === null ? null : syntaxLine(db, statement, said.message);
    return { failure: { at, statement: statement?.index ?? null, ...(line !== null && { line }), ...words }, error };
  }
}

/** The failure of a migration that leaves a transaction open. */
export const openTransaction: Failure = {
  at: 'commit',
  statement: null,
  code: 'SQLITE_ERROR',
  message: 'the file begins a transaction and does not end it, so all of it is rolled back when the connection closes',
  harmless: true,
};

/** Not what a migration does wrong to a file: another process's lock, a folder without leave to write, damaged pages. */
const faultsOfTheFile = /^SQLITE_(?:BUSY|READONLY|CORRUPT(?!_VTAB))/;

/** Whether an error says nothing of the migration. */
function isFault(db: Database, { limitsPages }: Trying, error: unknown): boolean {
  const code = engineError(error)?.code ?? '';
  if (!db.memory && faultsOfTheFile.test(code)) return true;
  return isMachineFault(error, db) && !(code === 'SQLITE_FULL' && limitsPages);
}

function partMissing(
  file: string,
  statement: Statement | null,
  { kind, name }: MissingPart,
  cause: unknown,
): HarnessError {
  const line = statement?.line ?? 1;
  return new HarnessError('function-missing', `${file}:${line} uses the ${kind} ${name}, which is not registered.`, {
    remedy: 'Register what your application registers in connect(db) of rowproof.config.ts.',
    facts: { file, line, [kind]: name },
    cause,
    vetted: true,
  });
}
