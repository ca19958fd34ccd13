import { type Database, isMachineFault, sqliteError } from '../database/connection.ts';
import { isUnbound, permit } from '../database/guard/permit.ts';
import { judgeWords } from '../database/words.ts';
import type { ErrorWords } from '../model/outcome.ts';
import type { Query } from '../model/query.ts';
import { asStatement } from '../watch/activity.ts';
import type { BoundStatement } from './bound-statements.ts';

/** The result of a statement. */
export interface QueryRun {
  /** How many of its texts SQLite ran, one after the other. */
  readonly passed: number;
  /** Why the next one failed; null where all ran. */
  readonly failure: QueryFailure | null;
  /** The names of the columns that it gives; null where it gives none, or does not compile. */
  readonly columns: readonly string[] | null;
}

/** Why SQLite does not run a statement. */
export interface QueryFailure extends ErrorWords {
  /** Whether it compiles, so that rows or a constraint are the reason. */
  readonly isCompiled: boolean;
}

/**
 * Runs a bound statement and takes back all that it changes.
 * @throws HarnessError `statement-refused`; the error itself where the machine is at fault
 */
export function runQuery(db: Database, query: Query, { texts }: BoundStatement): QueryRun {
  let passed = 0;
  let columns: readonly string[] | null = null;
  db.exec('BEGIN');
  try {
    for (const text of texts) {
      // INSERT OR ROLLBACK and RAISE(ROLLBACK) end the transaction.
      if (!db.inTransaction) break;
      const run = asStatement(query.file, query.line, () => runText(db, query, text));
      if ('failure' in run) return { passed, failure: run.failure, columns };
      columns = run.columns;
      passed += 1;
    }
    return { passed, failure: null, columns };
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

type TextRun = { readonly failure: QueryFailure } | { readonly columns: readonly string[] | null };

function runText(db: Database, { file, line, sql }: Query, text: string): TextRun {
  let isCompiled = false;
  try {
    permit(db, text, { file, line });
    const statement = db.prepare(text);
    isCompiled = true;
    if (!statement.reader) {
      statement.run();
      return { columns: null };
    }
    const columns = statement.columns().map(({ name }) => name);
    statement.get();
    return { columns };
  } catch (error) {
    if (isUnbound(error)) return { failure: { code: 'SQLITE_ERROR', message: unbound, harmless: true, isCompiled } };
    const said = isMachineFault(error, db) ? null : sqliteError(error);
    if (said === null) throw error;
    return { failure: { ...judgeWords(db, said, [sql], { sql: text }), isCompiled } };
  }
}

const unbound = 'a parameter has no value';
