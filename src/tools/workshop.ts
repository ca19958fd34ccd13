import type { DriverName } from '../model/tool.ts';

/** A migration as it lies in its folder. */
export interface ProgramFile {
  /** The id in the ledger of the tool. */
  readonly id: string;
  /** An absolute path. */
  readonly path: string;
}

/** The means of a tool to run its programs: the user's modules, and a connection of ours for the driver. */
export interface Workshop {
  /** The folder of the migrations, absolute. */
  readonly directory: string;
  readonly driver: DriverName;
  /** Whether foreign keys are enforced when the migrations begin. */
  readonly foreignKeys: boolean;
  /** The migrations in their order. */
  readonly files: readonly ProgramFile[];
  /** The tool's config, absolute; null where there is none. */
  readonly config: string | null;
  /** Loads a module of the user's, TypeScript too. */
  readonly importFile: (path: string) => Promise<object>;
  /** Loads a package as the user's migrations would. @throws where it is not installed */
  readonly importPackage: (name: string) => Promise<object>;
  /** A database of better-sqlite3, which stands for the one of the step. */
  readonly openDatabase: () => object;
  /** Says that a text is given here which the tool executes later. */
  readonly noteText: (sql: string) => void;
  /** Does work that was asked for earlier: its statements are issued from the stack of then, where no other tells more. */
  readonly issuedFrom: <T>(stack: unknown, work: () => T) => T;
}

/** Programs that are loaded and can be run. */
export interface Workbench {
  /** The tables that the tool keeps for itself, the ledger first. */
  readonly toolTables: readonly string[];
  /** Runs one migration by the tool. Rejects with what it threw. */
  readonly step: (id: string) => Promise<void>;
  /**
   * Runs all that is pending at once, as in a deploy: migrations that follow each other. Absent where a tool runs each by
   * itself, so that a deploy equals its steps.
   */
  readonly together?: (ids: readonly string[]) => Promise<void>;
}

/** Loads the migrations of a folder with the tool that is installed there. */
export type LoadRun = (workshop: Workshop) => Promise<Workbench>;
