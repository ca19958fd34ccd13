import type { MessagePort } from 'node:worker_threads';
import type { SqlValue } from '../model/connection.ts';
import type { ProgramAnswer, ProgramEnd, ProgramRequest } from '../model/program.ts';
import type { DriverName, ToolName } from '../model/tool.ts';

/** The programs of a folder, as the worker needs them. */
export interface ProgramFolder {
  readonly tool: ToolName;
  readonly driver: DriverName;
  /** Whether foreign keys are enforced when the migrations begin, after a tool has switched them on for itself. */
  readonly foreignKeys: boolean;
  /** The folder of the migrations, absolute. */
  readonly directory: string;
  /** The migrations in their order: what the ledger knows each by, and its absolute path. */
  readonly files: readonly { readonly id: string; readonly path: string }[];
  /** The tool's config, absolute; null where there is none. */
  readonly config: string | null;
}

/** The facts about the programs of a folder once its modules are loaded. */
export interface LoadedPrograms {
  /** The tables that the tool keeps for itself, the ledger first. */
  readonly toolTables: readonly string[];
  /** The database that a module opens when it is loaded; null where none does. */
  readonly replaced: string | null;
  /** Whether the tool can run all that is pending at once. */
  readonly runsTogether: boolean;
}

/** An order of the main thread to the worker. */
export type WorkerOrder =
  | { readonly kind: 'load'; readonly folder: ProgramFolder }
  /** Runs one migration, or several at once, by what the ledger knows them by. */
  | { readonly kind: 'step'; readonly ids: readonly string[] };

/** A message of the worker; it waits for the answer to a request. */
export type ProgramMessage =
  /** It has started. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'request'; readonly request: ProgramRequest }
  | { readonly kind: 'returned'; readonly value: SqlValue }
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'loaded'; readonly loaded: LoadedPrograms; readonly output: string }
  | { readonly kind: 'ended'; readonly end: ProgramEnd; readonly output: string };

/** An answer of the main thread while the worker waits: the answer itself, or a call of a function of the program's. */
export type ToWorker =
  | { readonly kind: 'answer'; readonly answer: ProgramAnswer }
  | { readonly kind: 'call'; readonly callback: number; readonly values: readonly SqlValue[] };

/** The data that a worker is started with. */
export interface ProgramStart {
  readonly port: MessagePort;
  readonly signals: SharedArrayBuffer;
}

/** Whose count of messages stands where among the signals. */
export const signal = { main: 0, worker: 1 } as const;

/** Bytes of the signals. */
export const signalSize = 2 * Int32Array.BYTES_PER_ELEMENT;
