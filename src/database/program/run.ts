import type { Migration, Statement, Verb } from '../../model/history.ts';
import type { Failure } from '../../model/outcome.ts';
import type { Program, ProgramEnd } from '../../model/program.ts';
import type { Settings } from '../../model/settings.ts';
import { textsOf } from '../../sql/savepoint-names.ts';
import { openTransaction } from '../attempt.ts';
import type { Database } from '../connection.ts';
import type { Hooks } from '../execute.ts';
import { openSession, type Session } from './session.ts';

/**
 * Runs a migration that is a program, and hands over what it executed in the form of a migration, which can be run again
 * without the program.
 * @returns null when it came to its end, else how it failed.
 * @throws HarnessError `statement-refused`, `function-missing`; the error where the file or the machine is at fault
 */
export function runProgram(
  db: Database,
  migration: Migration,
  program: Program,
  settings: Settings,
  hooks: Hooks,
): Failure | null {
  const session = openSession(db, migration, settings, hooks);
  const end = program.run(session);
  const fault = session.fault();
  if (fault !== null) throw fault.error;
  const failure = failureOf(end, session) ?? (db.inTransaction ? openTransaction : null);
  if (failure?.at === 'program') hooks.failed?.(failure, null);
  const executed = asMigration(migration, wholeOf(migration, session.recorder.statements(failure), failure));
  hooks.ran?.({
    ...executed,
    ...(session.hasFunctions() && { callsProgram: true }),
    ...(session.hasAsked() && { asksForRows: true }),
  });
  if (failure === null || !settings.foreignKeys || db.pragma('foreign_keys', { simple: true }) !== 0) return failure;
  return { ...failure, keysLeftOff: true };
}

/** The failure that ended a program: of the statement that it failed with, or of the code itself. */
function failureOf(end: ProgramEnd, { recorder, statementAt }: Session): Failure | null {
  if (end.kind === 'done') return null;
  const last = recorder.lastFailure();
  // Tools put their own words round those of SQLite.
  if (last !== null && (end.isOfStatement || end.message.includes(last.message))) return last.failure;
  const at = end.place === null ? null : recorder.noteLine(statementAt('', end.place, end.source ?? ''));
  return { at: 'program', statement: at, code: codes[end.kind], message: end.message, harmless: end.kind === 'exited' };
}

const codes: Readonly<Record<Exclude<ProgramEnd['kind'], 'done'>, string>> = {
  threw: 'PROGRAM_THREW',
  exited: 'PROGRAM_EXITED',
  uncaught: 'PROGRAM_UNCAUGHT',
  'timed-out': 'PROGRAM_TIMED_OUT',
};

/**
 * The statements that a program would have executed without its failure, where it executed the same as on the empty database up to there: the
 * rest tells the names that tables get later.
 */
function wholeOf(
  { statements, program }: Migration,
  executed: readonly Statement[],
  failure: Failure | null,
): readonly Statement[] {
  if (failure?.at !== 'statement' || program?.isRecorded !== true) return executed;
  const [texts, known] = [textsOf(executed), textsOf(statements)];
  return texts.every((text, place) => text === known[place]) ? statements : executed;
}

/** The executed statements, as a migration that runs as written. */
function asMigration({ program: _, ...migration }: Migration, statements: readonly Statement[]): Migration {
  const settings = { ...migration.settings, transaction: 'none' } as const;
  return { ...migration, statements, settings, ownTransaction: beginsItself(statements) };
}

/** Whether what says something of transactions first is a BEGIN. */
function beginsItself(statements: readonly Statement[]): boolean {
  return statements.find(({ head }) => ending.has(head.verb))?.head.verb === 'begin';
}

const ending: ReadonlySet<Verb> = new Set<Verb>(['begin', 'commit', 'rollback']);
