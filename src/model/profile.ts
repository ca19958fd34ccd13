import type { ColumnProfile } from './column-profile.ts';
import type { Bar, Duplicates } from './histogram.ts';
import type { MigrationRef } from './history.ts';

/**
 * The shape of a production database, without its rows. Every number is a count, a share or a bound that was rounded; no
 * value of a row is in it, but for those that `--keep-values` names.
 *
 * No number is about fewer rows than `atLeast`. Shares and counts of rows are told as multiples of it: of one to four rows
 * it is told that there are some, and of fewer than twice as many rows that some are so, as a share of a half. Bounds lie
 * beyond all values, so that none of them is one.
 *
 * Shares lie between 0 and 1 and have four significant digits. Each of them names its whole.
 */
export interface Profile {
  /** The version of rowproof that wrote it. */
  readonly rowproof: string;
  /** The version of this format. */
  readonly profileVersion: 1;
  readonly source: ProfiledFile;
  /** The least number of rows that a statement concerns; members of small sets and keys of JSON documents need as many. */
  readonly atLeast: number;
  /** Ordinary tables in the order of the schema, SQLite's own and those of virtual tables left out. */
  readonly tables: readonly TableProfile[];
  /** Tables whose content was not read, with the reason. */
  readonly unread: readonly UnreadTable[];
}

/** The request for a capture. */
export interface ProfileRequest {
  /** The production database. It is copied and never written. */
  readonly file: string;
  /** Its last migration, if it has no ledger. */
  readonly at?: MigrationRef | undefined;
  /** Columns, as `TABLE.COLUMN`, whose small sets of values may be shown. */
  readonly keepValues?: readonly string[] | undefined;
  /** Columns, as `TABLE.COLUMN`, whose JSON documents have keys that may be shown. */
  readonly keepKeys?: readonly string[] | undefined;
  /** The least number of rows that a statement concerns; 2 at least, 5 when left out. */
  readonly atLeast?: number | undefined;
  /** Called with the current activity, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
}

/** The facts of the file itself. `foreign_keys` belongs to connections and is not in it. */
export interface ProfiledFile {
  /** The version that the ledger `_migrations` says is applied, or null without one. */
  readonly ledgerVersion: number | null;
  /** The number that the user gave with `--at`, or null. */
  readonly at: number | null;
  /** The id that the user gave with `--at` if it is not a number, or null. */
  readonly atId?: string | null | undefined;
  /** `PRAGMA user_version`. */
  readonly userVersion: number;
  /** `PRAGMA application_id`. */
  readonly applicationId: number;
  /** The SQLite that wrote the file last, as `3.54.1`, or null. https://sqlite.org/fileformat2.html#the_database_header */
  readonly sqliteVersion: string | null;
  /** In bytes. */
  readonly pageSize: number;
  readonly pageCount: number;
  readonly freePages: number;
  /** How full the other pages are, from 0 to 1, to two digits; null where it is unknown, and left out by older versions. */
  readonly pageFill?: number | null | undefined;
  /** As `PRAGMA encoding` writes it: `UTF-8`, `UTF-16le`, `UTF-16be`. */
  readonly encoding: string;
  /** Only the mode that the file stores: the modes with a rollback journal belong to a connection. */
  readonly journalMode: 'wal' | 'rollback';
  readonly autoVacuum: 'none' | 'full' | 'incremental';
}

/** A table that was left out: a virtual one, or one that needs a missing module, function or collation. */
export interface UnreadTable {
  readonly table: string;
  readonly reason: string;
}

/** The shape of one table. */
export interface TableProfile {
  readonly name: string;
  /** Exact, but for a tiny table, which has between one row and so many. */
  readonly rows: number;
  /** Whether the table has some rows, but fewer than `atLeast`: then the profile says nothing else about it. */
  readonly tiny: boolean;
  /**
   * The number of rows, evenly spread over the table, that were read for facts about each text (formats, letters,
   * time spans, JSON types and paths) and for `p50` and `p95`; null when all of them were. The rest comes from all rows.
   */
  readonly sampled: number | null;
  /** Null for a table without rowid or without rows. */
  readonly rowids: RowidShape | null;
  /**
   * The distance of the AUTOINCREMENT counter in `sqlite_sequence` from the highest rowid (0 in an empty table),
   * as a bound beyond it, and 0 where it is not ahead; null without a counter. https://sqlite.org/autoinc.html
   */
  readonly sequenceAhead: number | null;
  /** In the order of the table, generated ones included. */
  readonly columns: readonly ColumnProfile[];
  /** Lists of two columns and more that an index or a foreign key has; single columns tell theirs themselves. */
  readonly keys: readonly KeyProfile[];
  readonly foreignKeys: readonly ForeignKeyProfile[];
}

/** Where the rowids of a table lie. */
export interface RowidShape {
  /** Below the lowest one. */
  readonly min: number;
  /** Above the highest one. */
  readonly max: number;
  /** The share of unused numbers between the lowest and the highest, to one digit; 0 if all are used. */
  readonly gaps: number;
}

/** The uniqueness of a list of columns. */
export interface KeyProfile {
  readonly columns: readonly string[];
  /** The indexes on exactly these columns in this order, by name; a foreign key alone leaves it empty. */
  readonly indexes: readonly string[];
  /** Rows with NULL in one of the columns: they equal no other row. */
  readonly nulls: number;
  /** Of the other rows; null where there are none, or too few. For a partial index too it is of all rows. */
  readonly duplicates: Duplicates | null;
}

/** A declared foreign key, and how well the rows satisfy it. */
export interface ForeignKeyProfile {
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  /** The share of rows with NULL in one of the columns. */
  readonly nulls: number;
  /** Rows that miss their parent, and as a share of all rows. */
  readonly orphans: number;
  readonly orphanShare: number;
  /** The number of different parents that the orphans miss; exact where each has left many. */
  readonly missingParents: number;
  /** Parents by their number of children, from 0 on; none for a tiny table, null when it or its columns are not there. */
  readonly children: readonly Bar[] | null;
  /** The children of the parent that has most, rounded up to two significant digits; a few are told by the last bar. */
  readonly most: number;
}
