/** The kinds of faults in the order in which reports list them. */
export const drillKinds = [
  'kill',
  'power-loss',
  'torn-log',
  'between',
  'disk-full',
  'small-disk',
  'file-size',
  'read-only',
  'locked',
  'io-error',
  'sigkill',
  'sigkill-anytime',
  'sigstop',
  'two-processes',
  'eight-processes',
  'old-writer',
] as const;

/** A kind of fault. */
export type DrillKind = (typeof drillKinds)[number];

/** The ways in which a migrator breaks the law of drills. */
export type DrillCause = 'half-applied' | 'ledger-disagrees' | 'retry-fails' | 'applied-twice' | 'file-damaged';

/** The result of the faults of one kind. */
export interface DrillTally {
  readonly kind: DrillKind;
  /** The faults that were injected. */
  readonly faults: number;
  readonly survived: number;
}

/** A kind that was left out, with the reason. */
export interface DrillSkip {
  readonly kind: DrillKind;
  readonly reason: string;
}

/** A fault that broke the law. */
export interface BrokenDrill {
  readonly cause: DrillCause;
  readonly kind: DrillKind;
  /** It selects the fault again: `--replay`. */
  readonly id: string;
  /** The place in the history of the migration that was under way. */
  readonly position: number;
  /** The moment of the fault in a few words, as in `before statement 3 of 8`. */
  readonly moment: string;
  /** The 1-based statement of the migration that the fault came before or into; null where none is known. */
  readonly statement: number | null;
  /** The faults of the database afterwards, in names alone; empty where only the retry went wrong. */
  readonly left: readonly string[];
  /** The error of the retry, which may hold a value of a row; null where it said none. */
  readonly retry: string | null;
}

/** The result of a drill. */
export interface DrillResult {
  readonly tallies: readonly DrillTally[];
  readonly skips: readonly DrillSkip[];
  readonly broken: readonly BrokenDrill[];
}
