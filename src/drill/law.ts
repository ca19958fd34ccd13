import { engineError } from '../database/connection.ts';
import { HarnessError } from '../errors.ts';
import type { DrillCause } from '../model/drill.ts';
import type { Settings } from '../model/settings.ts';
import { type Ending, type Migrator, undisturbed } from './migrator.ts';
import { type Leg, type Reference, recordStates } from './reference.ts';
import { differingParts, type FileState, readFileState, rowsPart, sameState } from './state.ts';

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
  readonly judge: (file: string, ending: Ending | null) => Breach | null;
}

/** Makes the law. @param ledger the tables in which the migrator notes what is applied. */
export function createLaw(
  leg: Leg,
  reference: Reference,
  migrator: Migrator,
  settings: Settings,
  scratch: string,
  ledger: readonly string[],
): Law {
  let states = reference.states;
  let unsteady: ReadonlySet<string> = new Set();
  let isSteady = false;

  /**
   * Leaves out the columns in which one more run differs from the first. It runs later than what it is compared for: a
   * change of the clock before that has then taken place.
   */
  const steady = (): void => {
    isSteady = true;
    const again = recordStates(leg, migrator, settings, scratch, new Set());
    if (again === null) return;
    const names = again.flatMap(({ columns }, i) => {
      const first = reference.columns[i];
      return [...columns].filter(([name, digest]) => first?.get(name) !== digest).map(([name]) => name);
    });
    if (names.length === 0) return;
    unsteady = new Set(names);
    states = recordStates(leg, migrator, settings, scratch, unsteady)?.map(({ state }) => state) ?? states;
  };

  const ofLedger = new Set(ledger.flatMap((name) => [`table ${name}`, rowsPart(name)]));

  /** Whether a state is that of before, but for a ledger that was made since: what it says, the next run shows. */
  const hasOnlyLedger = (state: FileState): boolean => {
    const [before] = states;
    const isNew = (part: string): boolean =>
      before?.parts.has(part) === false && (ofLedger.has(part) || part.includes('sqlite_'));
    return before !== undefined && state.complaints.length === 0 && differingParts(before, state).every(isNew);
  };

  /** The state of a file, and its place among the states that may be; -1 for none. */
  const find = (file: string): { state: FileState; place: number } => {
    const read = (): { state: FileState; place: number } => {
      const state = readFileState(file, settings, unsteady);
      const place = states.findLastIndex((each) => sameState(each, state));
      return { state, place: place < 0 && hasOnlyLedger(state) ? 0 : place };
    };
    const found = read();
    if (found.place >= 0 || isSteady) return found;
    steady();
    return read();
  };

  const describe = (state: FileState): Pick<Breach, 'cause' | 'left' | 'place'> => {
    const known = states[0]?.complaints ?? [];
    const damage = state.complaints.filter((line) => !known.includes(line));
    if (damage.length > 0) return { cause: 'file-damaged', left: damage.slice(0, 3), place: 0 };
    const distances = states.map((each) => differingParts(each, state));
    const noted = distances.findIndex((parts) => parts.every((part) => ofLedger.has(part)));
    const nearest = Math.min(...distances.map(({ length }) => length));
    // Of two that are equally near, the one before the migration is the one that a rollback would have left.
    const place = noted >= 0 ? noted : distances.findIndex(({ length }) => length === nearest);
    const differing = distances[place] ?? [];
    const cause = noted >= 0 ? 'ledger-disagrees' : 'half-applied';
    return { cause, left: differing.map((part) => nameChange(part, states[place], state)), place };
  };

  const retry = (file: string, place: number): Breach | null => {
    const { error } = migrator.run(file, leg.last, { drill: undisturbed });
    if (error !== null) return { cause: 'retry-fails', left: [], retry: wordsOf(error, file), place };
    const after = find(file);
    if (after.place === states.length - 1) return null;
    return { cause: 'applied-twice', left: describe(after.state).left, retry: null, place };
  };

  return {
    judge: (file, ending) => {
      try {
        const { state, place } = find(file);
        // A migrator that says that it is done has not stopped half-way.
        if (place < 0 && ending?.error === null) return { ...describe(state), cause: 'applied-twice', retry: null };
        if (place < 0) return { ...describe(state), retry: retry(file, 0)?.retry ?? null };
        if (ending?.error === null && place < states.length - 1) {
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
