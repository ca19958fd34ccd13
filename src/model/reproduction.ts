/** The smallest case found that shows a finding, as a script for the `sqlite3` shell. */
export interface Reproduction {
  /**
   * The whole script, its lines ended by a line feed: settings, schema, rows, statements, and the expected result in
   * comments. Its values are made, masked, or those of the user's own seeds, unless values may be shown.
   */
  readonly script: string;
  /** The output of the shell, line by line; the script says the same in comments. */
  readonly expected: readonly ExpectedLine[];
  /** The rows in it, by table; tables without rows are left out. */
  readonly rows: Readonly<Record<string, number>>;
  /** The oldest SQLite that is known to understand its statements, such as `3.35`; null where any does. */
  readonly needsSqlite: string | null;
  /** The functions or modules of the application that the plain shell does not have; empty without any. */
  readonly needsApplication: readonly string[];
  /** How many times the migration ran to find it. */
  readonly tries: number;
  /** Whether nothing of it can be left out; false where the tries ended before that was known. */
  readonly isMinimal: boolean;
  /** The files of a folder that `rowproof check` reads, beside the script; reports leave them out. */
  readonly files: readonly ReproductionFile[];
  /** The folder that `rowproof check` reads, as given by the user; left out where nothing was written. */
  readonly folder?: string;
}

/** A line that a script prints: a row of a query, or an error of SQLite. */
export interface ExpectedLine {
  readonly kind: 'row' | 'error';
  readonly text: string;
}

/** A file of a folder, by its path in it with `/`. */
export interface ReproductionFile {
  readonly path: string;
  readonly text: string;
}
