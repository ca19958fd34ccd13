import type { DrillKind } from '../model/drill.ts';
import type { Settings } from '../model/settings.ts';
import type { Breach, Law } from './law.ts';
import type { Migrator } from './migrator.ts';
import type { Leg, UndisturbedRuns } from './reference.ts';

/** The things that the faults of a leg are made with. */
export interface FaultStage {
  readonly leg: Leg;
  readonly reference: UndisturbedRuns;
  readonly law: Law;
  readonly migrator: Migrator;
  readonly settings: Settings;
  /** The tables in which the migrator notes what is applied. */
  readonly ledger: readonly string[];
  readonly seed: number;
  /** A path for a scratch file of that name. */
  readonly path: (name: string) => string;
}

/** A fault that was injected. */
export interface Injected {
  readonly index: number;
  readonly breach: Breach | null;
}

/** A kind of fault: an object literal, one file each, in the list `kinds.ts`. */
export interface Kind {
  readonly name: DrillKind;
  /** Whether each fault takes a process. */
  readonly takesProcess: boolean;
  /** The reason why it cannot be injected here; null where it can. */
  readonly obstacle: (stage: FaultStage) => string | null;
  /** The number of faults that it has on a leg; none is one too. */
  readonly count: (stage: FaultStage) => number;
  /**
   * Injects the faults with these numbers, from 0 on in rising order. A fault that the moment does not allow, such as a
   * lock on what is locked already, is left out.
   */
  readonly inject: (stage: FaultStage, indexes: readonly number[]) => AsyncIterable<Injected> | Iterable<Injected>;
  /** The moment of a fault. */
  readonly moment: (stage: FaultStage, index: number) => FaultMoment;
}

/** The moment of a fault. */
export interface FaultMoment {
  /** In a few words, as in `with room for 12 pages`. */
  readonly words: string;
  /** The statement of the reference that it comes before; null where it is no statement. */
  readonly statement: number | null;
}
