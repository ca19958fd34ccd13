import type { Settings } from '../model/settings.ts';
import type { Migrator } from './migrator.ts';
import { type Leg, recordStates, type UndisturbedRuns } from './reference.ts';
import { differingParts, type FileState, readFileState, rowsPart, sameState } from './state.ts';

/** The states in which a fault may leave a database: before the pending migrations, and after each of them. */
export interface KnownStates {
  readonly states: () => readonly FileState[];
  /** The parts in which the ledger stands. */
  readonly ofLedger: ReadonlySet<string>;
  /** The state of a file, and its place among those that may be; -1 for none. */
  readonly find: (file: string) => { state: FileState; place: number };
}

/** A database with its pending migrations in a drill. */
export interface Drilled {
  readonly leg: Leg;
  readonly reference: UndisturbedRuns;
  readonly migrator: Migrator;
  readonly settings: Settings;
  /** The folder for scratch files. */
  readonly scratch: string;
  /** The tables in which the migrator notes what is applied. */
  readonly ledger: readonly string[];
}

/** The states in which a fault may leave what is drilled. */
export function knowStates({ leg, reference, migrator, settings, scratch, ledger }: Drilled): KnownStates {
  const ofLedger = new Set(ledger.flatMap((name) => [`table ${name}`, rowsPart(name)]));
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

  /** Whether a state is that of before, but for a ledger that was made since: what it says, the next run shows. */
  const hasOnlyLedger = (state: FileState): boolean => {
    const [before] = states;
    const isNew = (part: string): boolean =>
      before?.parts.has(part) === false && (ofLedger.has(part) || part.includes('sqlite_'));
    return before !== undefined && state.complaints.length === 0 && differingParts(before, state).every(isNew);
  };

  const read = (file: string): { state: FileState; place: number } => {
    const state = readFileState(file, settings, unsteady);
    const place = states.findLastIndex((each) => sameState(each, state));
    return { state, place: place < 0 && hasOnlyLedger(state) ? 0 : place };
  };
  return {
    states: () => states,
    ofLedger,
    find: (file) => {
      const found = read(file);
      if (found.place >= 0 || isSteady) return found;
      steady();
      return read(file);
    },
  };
}
