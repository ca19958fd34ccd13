import type { Migration } from '../model/history.ts';
import type { Failed, Failure, Outcome } from '../model/outcome.ts';
import { textsOf } from '../sql/savepoint-names.ts';

/**
 * The statements of a program, where they do not depend on the rows: it then need not run again to try other rows, which
 * takes far longer. They do not depend on them where it executed the same statements on the plain rows and on all the
 * awkward ones, to its end; or up to the one that failed, if it asks for no rows by which it could decide what follows.
 * Statements that call functions of the program need the program.
 * @returns null for SQL files, and where the program has to run.
 */
export function replayOf({ program, directives }: Migration, plain: Outcome, together: Outcome): Migration | null {
  if (program === undefined || program.isSlow === true) return null;
  // The directive acts on SQL that runs as written, and not on a program.
  if (directives.some(({ kind }) => kind === 'foreign-keys-off')) return null;
  if (plain.status !== 'applied' || (together.status !== 'applied' && together.status !== 'failed')) return null;
  const [ran, other] = [plain.ran, together.ran];
  if (ran === undefined || other === undefined || ran.callsProgram === true) return null;
  if (together.status === 'failed' && ran.asksForRows === true) return null;
  const [texts, others] = [textsOf(ran.statements), textsOf(other.statements)];
  const count = together.status === 'applied' ? others.length : lastOf(together.failure);
  if (count === null || (together.status === 'applied' && count !== texts.length)) return null;
  return others.slice(0, count).every((text, place) => text === texts[place]) ? ran : null;
}

/**
 * The same before anything was tried: of a program that was told of no rows, and executed the same on the empty database and
 * on the plain rows.
 */
export function replayWithoutAsking(migration: Migration, plain: Outcome): Migration | null {
  if (plain.status !== 'applied' || plain.ran === undefined || plain.ran.asksForRows === true) return null;
  const texts = textsOf(plain.ran.statements);
  const recorded = textsOf(migration.statements);
  const isSame = texts.length === recorded.length && texts.every((text, place) => text === recorded[place]);
  return migration.program?.isRecorded === true && isSame ? replayOf(migration, plain, plain) : null;
}

/** The number of statements up to the one that failed; null where the program failed in another way. */
function lastOf({ at, statement }: Failure): number | null {
  return at === 'statement' ? statement : null;
}

/** The failures of replayed statements that the program itself has shown too. */
export interface Confirmed {
  /** The outcome of a failed replay, if the program is known to end in the same way, else null: the program has to run. */
  readonly trust: (replayed: Outcome) => Outcome | null;
  /** Compares a replay with what the program did on the same rows. */
  readonly note: (replayed: Outcome, real: Outcome) => void;
}

/**
 * A program may catch the error of a statement, and tools do things of their own after one, so that the first replay which
 * fails at a statement is run by the program. If both end in the same way, later ones count.
 */
export function createConfirmed(): Confirmed {
  /** Whether keys stay off after it; null where the program ends in another way. */
  const known = new Map<string, boolean | null>();
  return {
    trust: (replayed) => {
      if (replayed.status !== 'failed') return replayed.status === 'applied' ? replayed : null;
      const keysLeftOff = known.get(signOf(replayed.failure));
      if (keysLeftOff === undefined || keysLeftOff === null) return null;
      const { keysLeftOff: _, ...failure } = replayed.failure;
      return { ...replayed, failure: keysLeftOff ? { ...failure, keysLeftOff: true } : failure };
    },
    note: (replayed, real) => {
      if (replayed.status !== 'failed') return;
      const isSame = real.status === 'failed' && endsAs(real, replayed);
      known.set(signOf(replayed.failure), isSame ? real.failure.keysLeftOff === true : null);
    },
  };
}

function signOf({ at, statement, code }: Failure): string {
  return `${at} ${statement} ${code}`;
}

/** Whether two runs fail at the same statement and leave the same behind. */
function endsAs(real: Failed, replayed: Failed): boolean {
  return (
    signOf(real.failure) === signOf(replayed.failure) &&
    real.leftBehind.join('\n') === replayed.leftBehind.join('\n') &&
    (real.retry === null ? null : signOf(real.retry)) === (replayed.retry === null ? null : signOf(replayed.retry))
  );
}
