import { HarnessError } from '../errors.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Failure } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName } from '../sql/quote.ts';
import { type Database, resetSwitches, sqliteError } from './connection.ts';
import { countOrphans, describeOrphans, newOrphans } from './orphans.ts';

/** What to do around the statements of a migration. All are called on the connection that runs it. */
export interface Hooks {
  /** After the transaction has begun; an answer of `skip` ends the migration there, with nothing done. */
  readonly begun?: () => 'skip' | undefined;
  readonly after?: (statement: Statement) => void;
  /** Before the (last) COMMIT, in the same transaction. */
  readonly committing?: () => void;
  /** After a failure, before anything is rolled back. */
  readonly failed?: (failure: Failure) => void;
}

/**
 * Runs one migration as production does: the switches set, its own transaction or the one of the settings, statement by
 * statement. After a failure an open transaction is rolled back, as SQLite does when the process dies, and the switches
 * are restored either way.
 * @returns null when it was applied, else where and how it failed.
 * @throws HarnessError `database-locked` when the transaction cannot begin, `function-missing`, `unsupported`
 */
export function execute(db: Database, migration: Migration, settings: Settings, hooks: Hooks = {}): Failure | null {
  refuseOtherFiles(migration);
  resetSwitches(db, settings);
  const unchecked = switchesKeysOff(migration, settings);
  if (unchecked) db.pragma('foreign_keys = OFF');
  try {
    const asWritten = settings.transaction === 'none' || migration.ownTransaction;
    const failure = asWritten ? runAsWritten(db, migration, hooks) : runWrapped(db, migration, unchecked, hooks);
    if (failure !== null) hooks.failed?.(failure);
    return failure;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    resetSwitches(db, settings);
    dropTemporaryObjects(db);
  }
}

/** Where one transaction goes round all pending migrations, the switch would stand inside it and do nothing. */
function switchesKeysOff({ directives }: Migration, settings: Settings): boolean {
  return (
    settings.foreignKeys &&
    settings.transaction !== 'all-pending' &&
    directives.some((directive) => directive.kind === 'foreign-keys-off')
  );
}

/** All statements in one transaction of ours; with keys switched off, they are checked before it ends. */
function runWrapped(db: Database, migration: Migration, unchecked: boolean, hooks: Hooks): Failure | null {
  db.exec('BEGIN IMMEDIATE');
  if (hooks.begun?.() === 'skip') return null;
  const orphans = unchecked ? countOrphans(db) : [];
  for (const statement of migration.statements) {
    const failure = attempt(migration, statement, () => db.exec(statement.sql));
    if (failure !== null) return failure;
    hooks.after?.(statement);
  }
  const created = unchecked ? newOrphans(orphans, countOrphans(db)) : [];
  if (created.length > 0) {
    return {
      at: 'foreign-key-check',
      statement: null,
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
      message: describeOrphans(created),
    };
  }
  hooks.committing?.();
  // A file that commits by itself, counting on our BEGIN, has left nothing to commit.
  return db.inTransaction ? attempt(migration, null, () => db.exec('COMMIT')) : null;
}

/** Statement by statement, with no transaction but the file's own. */
function runAsWritten(db: Database, migration: Migration, hooks: Hooks): Failure | null {
  const lastCommit = migration.statements.findLast(({ head }) => head.verb === 'commit');
  let begun = false;
  for (const statement of migration.statements) {
    if (statement === lastCommit) hooks.committing?.();
    const failure = attempt(migration, statement, () => db.exec(lockingForm(statement, hooks)));
    if (failure !== null) return failure;
    hooks.after?.(statement);
    if (!begun && db.inTransaction) {
      begun = true;
      if (hooks.begun?.() === 'skip') return null;
    }
  }
  if (db.inTransaction) return openTransaction;
  if (lastCommit === undefined) hooks.committing?.();
  return null;
}

const openTransaction: Failure = {
  at: 'commit',
  statement: null,
  code: 'SQLITE_ERROR',
  message: 'the file begins a transaction and does not end it, so all of it is rolled back when the connection closes',
};

/**
 * A file's own BEGIN takes the write lock at once when somebody has to ask the ledger inside it; a deferred one would
 * let two processes pass the question and one of them fail (https://sqlite.org/lang_transaction.html).
 */
function lockingForm({ head, sql }: Statement, hooks: Hooks): string {
  const deferred = head.verb === 'begin' && !/\b(?:immediate|exclusive)\b/i.test(sql);
  return deferred && hooks.begun !== undefined ? 'BEGIN IMMEDIATE' : sql;
}

function attempt(migration: Migration, statement: Statement | null, work: () => void): Failure | null {
  try {
    work();
    return null;
  } catch (error) {
    const said = sqliteError(error);
    if (said === null) throw error;
    const missing = /^no such (function|collation sequence|module|tokenizer): (.*)$/.exec(said.message);
    if (missing !== null) throw missingPart(migration, statement, missing[1] ?? '', missing[2] ?? '', error);
    return { at: statement === null ? 'commit' : 'statement', statement: statement?.index ?? null, ...said };
  }
}

function missingPart(
  migration: Migration,
  statement: Statement | null,
  kind: string,
  name: string,
  cause: unknown,
): HarnessError {
  const line = statement?.line ?? 1;
  return new HarnessError(
    'function-missing',
    `${migration.file}:${line} uses the ${kind} ${name}, which is not registered.`,
    {
      remedy: 'Register what your application registers in connect(db) of rowproof.config.ts.',
      facts: { file: migration.file, line, [kind]: name },
      cause,
    },
  );
}

/** A file that a migration attaches or writes would be a real one, beside a copy that is not. */
function refuseOtherFiles(migration: Migration): void {
  for (const { sql, line } of migration.statements) {
    const attaches = /^attach\b/i.test(sql) && !/(?:':memory:'|'')/i.test(sql);
    if (!attaches && !/^vacuum\b[^;]*\binto\b/i.test(sql)) continue;
    throw new HarnessError(
      'unsupported',
      `${migration.file}:${line} writes to another database file, which is not run.`,
      {
        remedy: 'Move the statement out of the migration; rowproof copies and watches one database.',
        facts: { file: migration.file, line },
      },
    );
  }
}

/** A new process would not find them, so the next migration must not either. */
function dropTemporaryObjects(db: Database): void {
  const objects = db
    .prepare<[], { type: string; name: string }>(
      "SELECT type, name FROM sqlite_temp_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .all();
  for (const { type, name } of objects) db.exec(`DROP ${type} IF EXISTS temp.${quoteName(name)}`);
}
