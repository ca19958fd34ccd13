import type { DrillKind } from './drill.ts';
import type { Finding } from './finding.ts';
import type { MigrationRef } from './history.ts';

/** The target of a migration run, and the assumed state of a database without a ledger. */
export interface VersionRange {
  /** The last migration to apply; all of them when left out. */
  readonly to?: MigrationRef | undefined;
  /** The last migration of a database with tables and no ledger; also marks the programs up to it as run. */
  readonly at?: MigrationRef | undefined;
}

/** The request to the migrator. */
export interface MigrateRequest extends VersionRange {
  /** The database; it is created if it does not exist. */
  readonly file: string;
  /** Read the pending migrations from a copy and change nothing; `applied` then lists them. */
  readonly dryRun?: boolean | undefined;
}

/** The wishes of a caller of `check` beside the config. */
export interface CheckOptions {
  /** A database whose ledger tells which migrations are applied: those are not judged. It is opened read-only. */
  readonly db?: string | undefined;
  /** Whether the report has a picture of the history, which the format `html` draws. */
  readonly picture?: boolean | undefined;
}

/** The wishes of a caller of `drill`. */
export interface DrillRequest {
  /**
   * How many faults are chosen; 1,000 when left out. Faults that take a process come beside them, one for twenty. Of a command, of which
   * each fault takes a process, it is the number of all; 100 when left out.
   */
  readonly faults?: number | undefined;
  /** The kinds of faults; all when left out. */
  readonly kinds?: readonly DrillKind[] | undefined;
  /** The id of the one fault to inject again, from a report. */
  readonly replay?: string | undefined;
  /** The name of the one migration to drill. */
  readonly only?: string | undefined;
  /** The module of the config, from which real processes take `connect`. */
  readonly configFile?: string | null | undefined;
  /** Called with the current activity, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
  /** Called after each fault with the result up to then. */
  readonly found?: ((soFar: DrillSoFar) => void) | undefined;
}

/** A drill that goes on: the faults up to now and of all, and the findings about those that broke the law. */
export interface DrillSoFar {
  readonly faults: number;
  readonly survived: number;
  readonly total: number;
  readonly seed: number;
  readonly findings: readonly Finding[];
}

/** How far a gate has come: bytes read and written, of all that it expects to read and write; of 0 where nobody knows. */
export interface GateShare {
  readonly done: number;
  readonly total: number;
}

/** Called with the current activity of a gate, in a few words, and its share. */
export type GateProgress = (what: string, share: GateShare) => void;

/** The copy of a database for which processes that write to it have to wait. */
export interface ExpectedWait {
  readonly file: string;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** The request to the gate. */
export interface GateOptions {
  /**
   * The production database, a backup or a dump of it, perhaps packed by gzip; `-` for the standard input. It is copied and
   * never written.
   */
  readonly file: string;
  /** Its last migration, if it has no ledger. */
  readonly at?: MigrationRef | undefined;
  /** A drill of the pending migrations on the copy, with 20 faults when `faults` is left out; none without it. */
  readonly drill?: Pick<DrillRequest, 'faults' | 'kinds' | 'replay' | 'configFile' | 'found'> | undefined;
  /** The clock of the measured costs, in milliseconds; that of the machine when left out. */
  readonly clock?: (() => number) | undefined;
  /** Called with the current activity and how far the gate has come. */
  readonly progress?: GateProgress | undefined;
  /**
   * Called before processes that write to the database have to wait for its copy, which only those of a large database in
   * rollback-journal mode do, with the time that this will take as far as one can say.
   */
  readonly waiting?: ((wait: ExpectedWait) => void) | undefined;
  /** Whether the report has a picture of the history, which the format `html` draws. */
  readonly picture?: boolean | undefined;
  /** A new file that keeps the copy, as the pending migrations leave it. */
  readonly keep?: string | undefined;
}
