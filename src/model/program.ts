import type { SqlValue } from './connection.ts';

/** A line of the user's code. */
export interface CodePlace {
  /** An absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** Values for the parameters of a statement: by place, by name, or both, as better-sqlite3 takes them. */
export interface BoundValues {
  readonly positional: readonly SqlValue[];
  /** Without the sign that stands before a name in the text. */
  readonly named: Readonly<Record<string, SqlValue>> | null;
}

/** A request of a program to its connection. */
export type ProgramRequest =
  /** Compiles a statement; the answer is a `Compiled`. */
  | { readonly kind: 'prepare'; readonly sql: string; readonly place: CodePlace | null }
  /** Compiles and runs a statement; the answer is a `Queried`. */
  | {
      readonly kind: 'run';
      readonly sql: string;
      readonly values: BoundValues;
      /** Whether the first row is enough. */
      readonly first: boolean;
      readonly bigInts: boolean;
      readonly place: CodePlace | null;
    }
  /** Runs every statement of a text. */
  | { readonly kind: 'exec'; readonly sql: string; readonly place: CodePlace | null }
  /** Registers a function, which is called back by its number. */
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly callback: number;
      readonly parameters: number;
      readonly options: {
        readonly deterministic: boolean;
        readonly directOnly: boolean;
        readonly varargs: boolean;
        readonly safeIntegers: boolean;
      };
    }
  | { readonly kind: 'load-extension'; readonly path: string };

/** A statement that was compiled. */
export interface Compiled {
  /** Whether it gives rows. */
  readonly reader: boolean;
  readonly columns: readonly { readonly name: string; readonly column: string | null; readonly table: string | null }[];
}

/** The changes of a statement that gives no rows. */
export interface Ran {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/** The result of a statement: what it gives, if it gives rows, and else its changes. */
export interface Queried extends Compiled, Ran {
  readonly rows: readonly SqlValue[][];
}

/** An answer of the connection. */
export type ProgramAnswer = {
  /** Whether a transaction is open now. */
  readonly inTransaction: boolean;
} & (
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'error';
      /** The error that the driver throws: one of SQLite, or its own. */
      readonly type: 'sqlite' | 'range' | 'type' | 'refused';
      readonly code: string;
      readonly message: string;
    }
);

/** The ending of a program. */
export type ProgramEnd =
  | { readonly kind: 'done' }
  | {
      /**
       * It threw, called process.exit, left an error or a rejection that nobody caught, or was ended because it did nothing
       * for as long as it may.
       */
      readonly kind: 'threw' | 'exited' | 'uncaught' | 'timed-out';
      readonly message: string;
      /** Where in the user's code; null where that is not known. */
      readonly place: CodePlace | null;
      /** The text of that line. */
      readonly source: string | null;
      /** Whether it passes on an error of the last statement, be it in words of its own. */
      readonly isOfStatement: boolean;
    };

/** The functions that the runner of a program calls on the owner of the database. */
export interface ProgramConnection {
  /** @param callBack calls a function that the program registered. */
  readonly answer: (
    request: ProgramRequest,
    callBack: (callback: number, values: readonly SqlValue[]) => SqlValue,
  ) => ProgramAnswer;
  /** Runs `work` on the database as a file, which nobody has open meanwhile; what the file then holds is the database. */
  readonly lend: <T>(work: (file: string) => T) => T;
  /**
   * The same for a process that logs its statements. Where they make of the database before what the process made of it, they
   * are what the program has executed, and are told apart.
   */
  readonly lendLogged: <T>(
    work: (file: string) => T,
    logOf: (result: T) => { readonly statements: readonly string[]; readonly hasFailed: boolean },
  ) => { readonly result: T; readonly isToldApart: boolean };
}

/** A migration that is code, which its own tool runs. */
export interface Program {
  /** Whether each run takes so long that rowproof does without those that only search for a cause. */
  readonly isSlow?: boolean;
  /**
   * Whether it was run on an empty database before: the texts that it executed there hold no value of a row, and others may.
   */
  readonly isRecorded: boolean;
  /** Runs it to its end, whatever it asks for meanwhile. */
  readonly run: (connection: ProgramConnection) => ProgramEnd;
  /**
   * One program of this migration and those after it, by what the ledger knows them by, which its tool runs at once. Absent
   * where it runs each by itself.
   */
  readonly together?: (ids: readonly string[]) => Program;
}
