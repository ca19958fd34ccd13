import { engineError } from '../database/connection.ts';
import { HarnessError } from '../errors.ts';
import type { DrillCause } from '../model/drill.ts';
import { type Drilled, type KnownStates, knowStates } from './known-states.ts';
import { type RunEnding, undisturbed } from './migrator.ts';
import { differingParts, type FileState } from './state.ts';

/** How a database breaks the law. */
export interface Breach {
  readonly cause: DrillCause;
  /** The place of the migration that was under way, among the pending ones. */
  readonly place: number;
  readonly left: readonly string[];
  readonly retry: string | null;
}

/** The law of drills, for one database with its pending migrations. */
export interface Law {
  /**
   * Judges what a fault has left: the database is exactly before or exactly after each migration, the ledger says the
   * same, the file is sound, and the migrator succeeds on it without the fault.
   * @param ending how the disturbed run ended; null where it was killed.
   * @returns null where the law holds.
   */
  readonly judge: (file: string, ending: RunEnding | null) => Breach | null;
}

/** Makes the law for what is drilled. */
export function createLaw(drilled: Drilled): Law {
  const { leg, migrator } = drilled;
  const known = knowStates(drilled);
  const describe = (state: FileState): ReturnType<typeof describeState> => describeState(state, known);
  const retry = (file: string, place: number): Breach | null => {
    const { error } = migrator.run(file, leg.last, { drill: undisturbed });
    if (error !== null) return { cause: 'retry-fails', left: [], retry: wordsOf(error, file), place };
    const after = known.find(file);
    if (after.place === known.states().length - 1) return null;
    return { cause: 'applied-twice', left: describe(after.state).left, retry: null, place };
  };
  return {
    judge: (file, ending) => {
      try {
        const { state, place } = known.find(file);
        // A migrator that says that it is done has not stopped half-way.
        if (place < 0 && ending?.error === null) return { ...describe(state), cause: 'applied-twice', retry: null };
        if (place < 0) return { ...describe(state), retry: retry(file, 0)?.retry ?? null };
        if (ending?.error === null && place < known.states().length - 1) {
          return { cause: 'half-applied', left: ['the migrator said that it was done'], retry: null, place };
        }
        return retry(file, place);
      } catch (error) {
        return { cause: 'file-damaged', left: [wordsOfDamage(error)], retry: null, place: 0 };
      }
    },
  };
}

/** An error of a migrator, without the name of the scratch file, which is another one in each run. */
function wordsOf(error: string, file: string): string {
  return error.replaceAll(file, 'the database').replace(/\.$/, '');
}

/** How a state that may not be differs from those that may be. */
function describeState(state: FileState, known: KnownStates): Pick<Breach, 'cause' | 'left' | 'place'> {
  const states = known.states();
  const complaints = states[0]?.complaints ?? [];
  const damage = state.complaints.filter((line) => !complaints.includes(line));
  if (damage.length > 0) return { cause: 'file-damaged', left: damage.slice(0, 3), place: 0 };
  const distances = states.map((each) => differingParts(each, state));
  const noted = distances.findIndex((parts) => parts.every((part) => known.ofLedger.has(part)));
  const least = Math.min(...distances.map(({ length }) => length));
  // Of two that are equally near, the one before the migration is the one that a rollback would have left.
  const place = noted >= 0 ? noted : distances.findIndex(({ length }) => length === least);
  const differing = distances[place] ?? [];
  const cause = noted >= 0 ? 'ledger-disagrees' : 'half-applied';
  return { cause, left: differing.map((part) => nameChange(part, states[place], state)), place };
}

function nameChange(part: string, before: FileState | undefined, after: FileState): string {
  if (before?.parts.has(part) !== true) return part.startsWith('rows of ') ? part : `created ${part}`;
  return after.parts.has(part) ? `changed ${part}` : `dropped ${part}`;
}

/** SQLite's messages about a file that it cannot read. Any other error is a bug of ours. */
function wordsOfDamage(error: unknown): string {
  if (error instanceof HarnessError && /^database-(?:damaged|unreadable|missing)$/.test(error.code))
    return error.message;
  const said = engineError(error);
  if (said !== null && /^SQLITE_(?:CORRUPT|NOTADB|ERROR)/.test(said.code)) return said.message;
  throw error;
}
