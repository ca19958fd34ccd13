import type { CopyCost, Cost, CostForecast } from './cost.ts';
import type { Side } from './dataset.ts';
import type { ReportedFinding } from './finding.ts';
import type { Note } from './note.ts';
import type { Picture } from './picture.ts';
import type { EngineName, TransactionMode } from './settings.ts';
import type { Runner } from './tool.ts';
import type { Verdict } from './verdict.ts';
import type { WeighedWarning } from './weighed.ts';

/** The outcome of a migration on one side. `not-run` follows a failure that ended the history. */
export type StepOutcome = 'applied' | 'failed' | 'blocked' | 'skipped' | 'not-run';

/** A cell of the table that reports print. */
export interface ReportStep {
  readonly migration: string;
  /** The place of the migration in its history, from 1 on. */
  readonly position: number;
  /** Its id in its tool. */
  readonly id: string;
  readonly dataset: Side;
  readonly outcome: StepOutcome;
  /** Whether the migration ran without being judged, because production has applied it. */
  readonly unjudged?: true;
}

/** A note with its words. */
export type ReportNote = Note & {
  /** The group of codes that it belongs to. */
  readonly kind:
    | 'unfilled'
    | 'skipped'
    | 'blocked'
    | 'restarted'
    | 'ignored'
    | 'allowed'
    | 'own-transaction'
    | 'interrupted'
    | 'drill'
    | 'growth'
    | 'reproduced'
    | 'programs'
    | 'printed'
    | 'since'
    | 'seed'
    | 'gate'
    | 'queries';
  readonly text: string;
};

/** The result of a run, as reporters take it. Nothing in it depends on clock, locale or machine. */
export interface Report {
  readonly rowproof: string;
  /** The job. */
  readonly command: 'check' | 'gate' | 'drill';
  readonly directory: string;
  /** The tool that runs the migrations in production, and the evidence; null stands for an assumption or a flag. */
  readonly runner: Pick<Runner, 'tool' | 'title' | 'evidence' | 'driver' | 'driverEvidence' | 'foreignKeys'>;
  readonly settings: {
    readonly foreignKeys: boolean;
    readonly transaction: TransactionMode;
    readonly doubleQuotedStrings: boolean;
    readonly engine: EngineName;
    /** The version of the engine's SQLite. */
    readonly sqliteVersion: string;
  };
  readonly seed: number;
  /** The production file of a gate, as given, with its version and that migration's name; null for other jobs. */
  readonly gate: {
    readonly file: string;
    readonly version: number;
    /** Its place in the history; 0 if no migration is applied. */
    readonly position: number;
    /** The id of that migration in its tool; null if no migration is applied. */
    readonly id: string | null;
    readonly name: string | null;
    readonly pending: number;
  } | null;
  /** The sides in the order of the table's columns, `empty` first. */
  readonly datasets: readonly Side[];
  readonly steps: readonly ReportStep[];
  readonly findings: readonly ReportedFinding[];
  readonly notes: readonly ReportNote[];
  /** The answers of production's rows to the warnings of `check`; empty for other jobs than a gate. */
  readonly weighed: readonly WeighedWarning[];
  /** Whether the deploy may go on; null for other jobs than a gate. */
  readonly verdict: Verdict | null;
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly notes: number;
    readonly migrations: number;
  };
  /** The cost of taking the copy; left out for other jobs than a gate. It and `cost` alone depend on the machine. */
  readonly copy?: CopyCost;
  /** The cost of the pending migrations on the copy; left out for other jobs than a gate, and where nothing ran on the copy. */
  readonly cost?: Cost;
  /** The cost of the migrations by the profile of production, where `check` has one; left out for other jobs. */
  readonly forecast?: CostForecast;
  /** Left out unless asked for. */
  readonly picture?: Picture;
}
