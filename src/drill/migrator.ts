import type { Migration } from '../model/history.ts';
import type { DrilledConnection } from '../model/settings.ts';

/** The ending of a run of a migrator: null where it said that all is applied, else its error in words. */
export interface RunEnding {
  readonly error: string | null;
}

/** The options of a run in this process. */
export interface RunOptions {
  readonly drill?: DrilledConnection;
  /** Called after each migration that was applied. */
  readonly applied?: (migration: Migration) => void;
}

/** A run in a process of its own. */
export interface MigratorProcess {
  readonly pid: number;
  /** Whether it leads a process group, which signals reach as a whole. */
  readonly isGroup: boolean;
  /** Done as soon as it has begun to migrate. */
  readonly begun: Promise<void>;
  /** `killed` where a signal ended it. */
  readonly ended: Promise<RunEnding & { readonly killed: boolean }>;
}

/** The particulars of a run in a process of its own. */
export interface Launch {
  /** The moment at which it kills itself, as moments are numbered in `Reference`. */
  readonly killAt?: number;
  /** The moment from which on every write fails. */
  readonly failWritesAt?: number;
  /** PRAGMAs on its connections. */
  readonly pragmas?: readonly string[];
  /** Whether a signal may reach it late, so that it takes no other task. */
  readonly isSignalled?: boolean;
  /** The largest size of a file that it may write, in KiB. */
  readonly fileSize?: number;
}

/** The migrator that is drilled. */
export interface Migrator {
  /** Its name in reports, as in `Kysely`. */
  readonly title: string;
  /** Brings a file up to a migration, in this process or by a command, and waits for its end. */
  readonly run: (file: string, to: Migration, options?: RunOptions) => RunEnding;
  /** Whether its statements are announced, and PRAGMAs reach its connection: a command in another language is closed. */
  readonly isOpen: boolean;
  /** Starts it in a process of its own. */
  readonly start: (file: string, to: Migration, launch: Launch) => Promise<MigratorProcess>;
  /** The reason why it cannot run in a process of its own; null where it can. */
  readonly cannotStart: string | null;
}

/**
 * For runs that nothing but a failure of power could tell from others: waiting for the disk takes most of their time.
 * https://sqlite.org/pragma.html#pragma_synchronous
 */
export const unsynced = 'synchronous = OFF';

/** The connection of a run without a fault. */
export const undisturbed: DrilledConnection = { pragmas: [unsynced], announce: () => {} };
