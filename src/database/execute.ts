import { memoized } from '../memoized.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Failure, Orphans } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName } from '../sql/quote.ts';
import { attempt, openTransaction, type Trying } from './attempt.ts';
import { type Database, resetSwitches } from './connection.ts';
import { permit } from './guard/permit.ts';
import { type JournalStandIn, standInForJournal } from './journal.ts';
import { describeOrphans, type MissingParent, missingParents, newOrphans } from './orphans.ts';
import { runProgram } from './program/run.ts';

/** The hooks around the statements of a migration. All are called on the connection that runs it. */
export interface Hooks {
  /** After the transaction has begun; an answer of `skip` ends the migration there, with nothing done. */
  readonly begun?: () => 'skip' | undefined;
  /** Before each statement. */
  readonly before?: (statement: Statement) => void;
  readonly after?: (statement: Statement) => void;
  /** Before the (last) COMMIT, in the same transaction. */
  readonly committing?: () => void;
  /** The orphans before the migration, where somebody has counted them. */
  readonly orphans?: readonly Orphans[];
  /** Told of the orphans before COMMIT, where they are counted because keys were switched off. */
  readonly counted?: (orphans: readonly Orphans[]) => void;
  /** After a failure, before anything of it is rolled back. A program may go on after it. */
  readonly failed?: (failure: Failure, statement: Statement | null) => void;
  /** The statements that a program executed, in the form of a migration, at its end. */
  readonly ran?: (migration: Migration) => void;
}

/** The hooks of a run, and what stands for PRAGMAs that must not reach a scratch database. */
interface Running extends Hooks {
  readonly journal?: JournalStandIn;
}

/**
 * Runs one migration as production does: the switches set, its own transaction or the one of the settings, statement by
 * statement. After a failure an open transaction is rolled back, as SQLite does when the process dies; the switches are
 * restored either way, and what lives as long as the connection (temporary objects, attached databases) is gone.
 * @returns null when it was applied, else where and how it failed.
 * @throws HarnessError `function-missing`, `statement-refused`; SQLite's own error where the file or the machine and not the
 * migration is at fault (locked by another process, folder not writable, disk full), in any statement or at the end
 */
export function execute(db: Database, migration: Migration, settings: Settings, hooks: Hooks = {}): Failure | null {
  const own = settingsOf(migration, settings);
  resetSwitches(db, own);
  const unchecked = switchesKeysOff(migration, own);
  if (unchecked) db.pragma('foreign_keys = OFF');
  const pages = tryingOf(migration).limitsPages ? db.pragma('max_page_count', { simple: true }) : null;
  try {
    if (migration.program !== undefined) return runProgram(db, migration, migration.program, settings, hooks);
    const asWritten = !isWrapped(migration, settings);
    // Who asks the ledger inside the transaction has production's file.
    const isScratch = hooks.begun === undefined;
    const running = isScratch ? { ...hooks, journal: standInForJournal(db, migration, settings) } : hooks;
    const failure = (asWritten ? runAsWritten : runWrapped)(db, migration, unchecked, running);
    if (failure !== null) hooks.failed?.(failure, statementOf(migration, failure));
    return failure;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    if (pages !== null) db.pragma(`max_page_count = ${pages}`);
    if (migration.program !== undefined || mayOutlive(migration)) forgetConnection(db);
    resetSwitches(db, settings);
  }
}

function statementOf({ statements }: Migration, { statement }: Failure): Statement | null {
  return statements.find(({ index }) => index === statement) ?? null;
}

/** Whether a migration may make something that lives as long as the connection; no other word makes any. */
function mayOutlive({ statements }: Migration): boolean {
  return statements.some(({ sql }) => /\b(?:temp|temporary|attach)\b/i.test(sql));
}

/** Where one transaction goes round all pending migrations, the switch would stand inside it and do nothing. */
function switchesKeysOff(migration: Migration, settings: Settings): boolean {
  return (
    settings.foreignKeys &&
    settings.transaction !== 'all-pending' &&
    migration.directives.some((directive) => directive.kind === 'foreign-keys-off')
  );
}

/** Whether one transaction of the migrator goes round all statements of a migration. */
export function isWrapped(migration: Migration, settings: Settings): boolean {
  return settingsOf(migration, settings).transaction !== 'none' && !migration.ownTransaction;
}

/** The settings of a migration: those of its run, except for those that its file overrides. */
export function settingsOf({ settings: own }: Migration, settings: Settings): Settings {
  return { ...settings, ...own };
}

/** All statements in one transaction of ours. */
function runWrapped(db: Database, migration: Migration, unchecked: boolean, hooks: Running): Failure | null {
  db.exec('BEGIN IMMEDIATE');
  if (hooks.begun?.() === 'skip') return null;
  const orphans = unchecked ? orphansBefore(db, hooks) : null;
  for (const statement of migration.statements) {
    const failure = runStatement(db, migration, statement, hooks);
    if (failure !== null) return failure;
  }
  const failure = beforeCommit(db, migration, orphans, hooks);
  if (failure !== null) return failure;
  // A file that commits by itself, counting on our BEGIN, has left nothing to commit.
  return db.inTransaction ? failing(db, migration, null, () => db.exec('COMMIT')) : null;
}

/** Statement by statement, with no transaction but the file's own. */
function runAsWritten(db: Database, migration: Migration, unchecked: boolean, hooks: Running): Failure | null {
  const lastCommit = migration.statements.findLast(({ head }) => head.verb === 'commit');
  let begun = false;
  let orphans: readonly MissingParent[] | null = null;
  for (const statement of migration.statements) {
    if (statement === lastCommit) {
      const failure = beforeCommit(db, migration, orphans, hooks);
      if (failure !== null) return failure;
    }
    const failure = runStatement(db, migration, statement, hooks);
    if (failure !== null) return failure;
    if (!begun && db.inTransaction) {
      begun = true;
      if (hooks.begun?.() === 'skip') return null;
      orphans = unchecked ? orphansBefore(db, hooks) : null;
    }
  }
  if (db.inTransaction) return openTransaction;
  return lastCommit === undefined ? beforeCommit(db, migration, orphans, hooks) : null;
}

/** Runs one statement, once it is known to keep to this database; nothing compiles it before that, for a PRAGMA acts then. */
function runStatement(db: Database, migration: Migration, statement: Statement, hooks: Running): Failure | null {
  const { file } = migration;
  const { sql, line } = statement;
  const refused = failing(db, migration, statement, () => permit(db, sql, { file, line }));
  if (refused !== null) return refused;
  hooks.before?.(statement);
  const answer = hooks.journal?.answer(statement);
  const failure =
    answer === undefined ? failing(db, migration, statement, () => db.exec(lockingForm(statement, hooks))) : answer;
  if (failure === null) hooks.after?.(statement);
  return failure;
}

function orphansBefore(db: Database, { orphans }: Hooks): readonly MissingParent[] {
  return orphans?.length === 0 ? [] : missingParents(db);
}

/**
 * The work between the last statement and the COMMIT: keys that were switched off are checked, then the hook is called.
 * @param orphans those that were there when the transaction began; null when keys need no check.
 */
function beforeCommit(
  db: Database,
  migration: Migration,
  orphans: readonly MissingParent[] | null,
  hooks: Hooks,
): Failure | null {
  const present = orphans === null ? null : missingParents(db);
  const created = orphans === null || present === null ? [] : newOrphans(orphans, present);
  if (present !== null) hooks.counted?.(newOrphans([], present));
  if (created.length > 0) {
    return {
      at: 'foreign-key-check',
      statement: null,
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
      message: describeOrphans(created),
      harmless: true,
    };
  }
  return failing(db, migration, null, () => hooks.committing?.());
}

/**
 * A file's own BEGIN takes the write lock at once when somebody has to ask the ledger inside it; a deferred one would
 * let two processes pass the question and one of them fail (https://sqlite.org/lang_transaction.html).
 */
function lockingForm({ head, sql }: Statement, hooks: Hooks): string {
  return head.verb === 'begin' && hooks.begun !== undefined ? 'BEGIN IMMEDIATE' : sql;
}

/** A limit of the connection, which a new one has not. https://sqlite.org/pragma.html#pragma_max_page_count */
function limitsPages({ statements }: Migration): boolean {
  return statements.some(({ sql }) => /^pragma\b.*\bmax_page_count\b/is.test(sql));
}

/** The failure of `work` for a statement, or null. */
function failing(db: Database, migration: Migration, statement: Statement | null, work: () => void): Failure | null {
  const tried = attempt(db, tryingOf(migration), statement, work);
  return 'failure' in tried ? tried.failure : null;
}

/** Each statement asks for it, and it reads all of them. */
const tryingOf = memoized((migration: Migration): Trying => {
  const { file, statements } = migration;
  return { file, texts: statements.map(({ sql }) => sql), limitsPages: limitsPages(migration) };
});

/** A new process would not find them, so the next migration must not either. It stands outside a transaction. */
function forgetConnection(db: Database): void {
  // A temporary parent could not be dropped before its children.
  db.pragma('foreign_keys = OFF');
  const objects = db
    .prepare<[], { type: string; name: string }>(
      `SELECT type, name FROM sqlite_temp_schema
        WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC, rowid`,
    )
    .all();
  for (const { type, name } of objects) db.exec(`DROP ${type} IF EXISTS temp.${quoteName(name)}`);
  const attached = db.prepare<[], string>('SELECT name FROM pragma_database_list WHERE seq > 1').pluck().all();
  for (const name of attached) db.exec(`DETACH ${quoteName(name)}`);
}
