/**
 * The shape of a production database, without its rows. Every number is a count, a share or a bound that was rounded; no
 * value of a row is in it, but for those that `--keep-values` names.
 *
 * Shares lie between 0 and 1 and have four significant digits. What they are shares *of* is said at each of them.
 */
export interface Profile {
  /** The version of rowproof that wrote it. */
  readonly rowproof: string;
  /** The version of this form. */
  readonly profileVersion: 1;
  readonly source: ProfiledFile;
  /** Members of small sets and keys of JSON documents are shown when at least so many rows hold them. */
  readonly atLeast: number;
  /** Ordinary tables in the order of the schema, SQLite's own and those of virtual tables left out. */
  readonly tables: readonly TableProfile[];
  /** Tables whose content was not read, with the reason. */
  readonly unread: readonly UnreadTable[];
}

/** What is asked of a capture. */
export interface ProfileRequest {
  /** The production database. It is copied and never written. */
  readonly file: string;
  /** Its version, where it has no ledger. */
  readonly at?: number | undefined;
  /** Columns, as `TABLE.COLUMN`, whose small sets of values may be shown. */
  readonly keepValues?: readonly string[] | undefined;
  /** Columns, as `TABLE.COLUMN`, whose JSON documents have keys that may be shown. */
  readonly keepKeys?: readonly string[] | undefined;
  /** How many rows must hold such a value or key; 2 at least, 5 when left out. */
  readonly atLeast?: number | undefined;
  /** Told what is being done, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
}

/** What the file itself tells. `foreign_keys` belongs to connections and is not in it. */
export interface ProfiledFile {
  /** The version that the ledger `_migrations` says is applied, or null without one. */
  readonly ledgerVersion: number | null;
  /** The version that the user gave with `--at`, or null. */
  readonly at: number | null;
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
  /** As `PRAGMA encoding` writes it: `UTF-8`, `UTF-16le`, `UTF-16be`. */
  readonly encoding: string;
  /** What is kept in the file: the modes with a rollback journal are choices of a connection. */
  readonly journalMode: 'wal' | 'rollback';
  readonly autoVacuum: 'none' | 'full' | 'incremental';
}

/** A table that was left out: a virtual one, or one that needs a module, function or collation that is not there. */
export interface UnreadTable {
  readonly table: string;
  readonly reason: string;
}

/** The shape of one table. */
export interface TableProfile {
  readonly name: string;
  /** Exact. */
  readonly rows: number;
  /**
   * How many rows, evenly spread over the table, were looked at for what needs a look at each text (formats, letters,
   * time spans, JSON types and paths) and for `p50` and `p95`; null when all of them were. The rest comes from all rows.
   */
  readonly sampled: number | null;
  /** Null for a table without rowid or without rows. */
  readonly rowids: RowidShape | null;
  /**
   * How far the AUTOINCREMENT counter in `sqlite_sequence` is ahead of the highest rowid (of 0 in an empty table),
   * rounded up to two significant digits; null without a counter. https://sqlite.org/autoinc.html
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
  /** At or below the lowest one. */
  readonly min: number;
  /** At or above the highest one. */
  readonly max: number;
  /** The share of the numbers from the lowest to the highest that are not taken, to one digit; 0 when all are. */
  readonly gaps: number;
}

/** A bar of a histogram: `count` things have a size from `from` to `to`. Bars: 0, 1, 2, 3-4, 5-8, 9-16, … */
export interface Bar {
  readonly from: number;
  readonly to: number;
  /** Exact, and never 0. */
  readonly count: number;
}

/** Groups of equal values by their number of rows. */
export interface Duplicates {
  /** How many different values there are, exact. NULL is none. */
  readonly distinct: number;
  /** Sum of `from × count` ≤ rows that are not NULL ≤ sum of `to × count`. */
  readonly sizes: readonly Bar[];
  /** The rows of the largest group, rounded up to two significant digits. */
  readonly largest: number;
}

/** The shape of one column. */
export interface ColumnProfile {
  readonly name: string;
  /** Shares of all rows, by `typeof()`; they add up to 1. All are 0 in a table without rows. */
  readonly storage: Readonly<Record<StorageClass, number>>;
  /** The share of all rows that hold the column's default; null when that is no literal or NULL. */
  readonly isDefault: number | null;
  /**
   * Values that rows share, compared as a UNIQUE constraint of this column would: under its collation. Null where
   * nothing but NULL is held, or where the values are too long to be sorted (256 MB in all).
   */
  readonly duplicates: Duplicates | null;
  /** How many texts, compared without the case of ASCII letters, are there in more than one spelling. */
  readonly caseVariants: number;
  /** Of integers and reals; null where there are none. */
  readonly numbers: NumberShape | null;
  /** Null where there are none. */
  readonly texts: TextShape | null;
  /** Null where there are none. */
  readonly blobs: BlobShape | null;
  /** The members of a small set, for a column that `--keep-values` names; else null. */
  readonly values: KeptValues | null;
}

/** The storage classes of SQLite. https://sqlite.org/datatype3.html#storage_classes_and_datatypes */
export type StorageClass = 'null' | 'integer' | 'real' | 'text' | 'blob';

/** The integers and reals of a column. Shares are of these. */
export interface NumberShape {
  /**
   * Finite bounds that all finite numbers keep, rounded outwards: to 1, 2 and 5 times a power of ten below 10, to tens
   * below 100, then to two significant digits. They may lie beyond 64-bit integers. A bound need not be held by a row.
   */
  readonly min: number;
  readonly max: number;
  readonly zero: number;
  readonly negative: number;
  /** The share without a fraction; a REAL 1.0 counts. */
  readonly integral: number;
  /** The share of integers beyond ±2^53, which JavaScript rounds. */
  readonly unsafe: number;
  readonly formats: Readonly<Partial<Record<NumberFormat, number>>>;
  /** Of the epoch formats, or null. */
  readonly span: TimeSpan | null;
}

/** What a number may be taken for; the first that fits counts. Those of share 0 are left out. */
export type NumberFormat =
  /** 0 or 1. */
  | 'boolean'
  /** An integer from 1 000 000 000 (2001) to 4 102 444 799 (2099). */
  | 'epoch-seconds'
  /** The same a thousand times over. */
  | 'epoch-milliseconds';

/** The oldest and the newest moment by their month in UTC, `2024-03`. Years before 1900 and after 2100 are put there. */
export interface TimeSpan {
  readonly oldest: string;
  readonly newest: string;
}

/** The texts of a column. Shares are of these: `empty` and `upperCase` of all, the others of those that were looked at. */
export interface TextShape {
  /** The share of ''. */
  readonly empty: number;
  readonly length: Lengths;
  /** The share with a character beyond ASCII. */
  readonly nonAscii: number;
  /** The share with a capital letter of ASCII. */
  readonly upperCase: number;
  /** The share with white space at the beginning or the end. */
  readonly outerSpace: number;
  /** The share that reads as a decimal number, a sign, a fraction and an exponent included. */
  readonly numeric: number;
  /** The share that is all digits, begins with 0 and is longer than that. */
  readonly leadingZero: number;
  readonly formats: Readonly<Partial<Record<TextFormat, number>>>;
  /** Of the formats with a date, or null. */
  readonly span: TimeSpan | null;
  /** Null where no text is a JSON object or array. */
  readonly json: JsonShape | null;
}

/** What a text may be taken for; the first that fits counts. Those of share 0 are left out; what is left is free text. */
export type TextFormat =
  /** An object or an array. */
  | 'json'
  | 'uuid'
  | 'email'
  /** With a scheme and `://`. */
  | 'url'
  /** `2024-03-09T12:00:00`, with or without fraction and zone. */
  | 'iso-datetime'
  /** `2024-03-09 12:00:00`, with or without fraction: CURRENT_TIMESTAMP and `datetime()`. */
  | 'sqlite-datetime'
  /** `2024-03-09`. */
  | 'iso-date'
  /** `0` or `1`. */
  | 'boolean'
  /** Digits, with or without a sign. */
  | 'integer'
  /** Hexadecimal digits, an even number from 8 on. */
  | 'hex'
  /** Small letters, digits and `-` or `_` between them, with a letter; one word too. */
  | 'slug'
  /** Four characters and more by the alphabet of base64 or base64url with letters of both cases and a digit. */
  | 'base64';

/** Lengths in characters for texts and bytes for blobs, to two significant digits: `min` downwards, `max` upwards. */
export interface Lengths {
  readonly min: number;
  /** Half of the values are not longer. */
  readonly p50: number;
  /** 95 of 100 are not longer. */
  readonly p95: number;
  readonly max: number;
}

/** The blobs of a column. Shares are of these. */
export interface BlobShape {
  /** The share without a byte. */
  readonly empty: number;
  readonly length: Lengths;
  /** The share that is well-formed JSONB. https://sqlite.org/jsonb.html */
  readonly jsonb: number;
}

/** The JSON documents of a text column. */
export interface JsonShape {
  /** The share of texts that `json_valid` accepts, numbers and the like included. */
  readonly valid: number;
  /** The share of texts that begin as an object or an array and are not valid. */
  readonly malformed: number;
  /** Shares of the valid texts that were looked at, by what is outermost. Those of share 0 are left out. */
  readonly types: Readonly<Partial<Record<JsonType, number>>>;
  /** What is inside, outer before inner and then in alphabetical order. */
  readonly paths: readonly JsonPath[];
}

/** `integer` and `real` as written in the document: 1 and 1.0. */
export type JsonType = 'object' | 'array' | 'text' | 'integer' | 'real' | 'boolean' | 'null';

/** A place in documents. */
export interface JsonPath {
  /**
   * As SQLite writes it, `$.steps[*].kind` or `$."a b"`, with `[*]` for every position and `.*` for keys that are not
   * shown. A key is shown when it is a name in the schema, or stands in a JSON path of the schema or the migrations, or
   * `--keep-keys` names the column; if at least `atLeast` documents hold it, and the object has few different ones.
   */
  readonly path: string;
  /** The share of the objects and arrays that were looked at; for `.*` at most that, as keys may go together. */
  readonly share: number;
  /** Shares of the places in all documents. Those of share 0 are left out. */
  readonly types: Readonly<Partial<Record<JsonType, number>>>;
}

/** The members of a small set. */
export interface KeptValues {
  /** Those that at least `atLeast` rows hold, by falling share, 100 at most. */
  readonly members: readonly KeptValue[];
  /** The share of the rows with any other value, of rows that are not NULL. */
  readonly other: number;
  /** How many different values those are. */
  readonly others: number;
}

/** A value that the user asked for. Blobs and integers beyond ±2^53 are among the others. */
export interface KeptValue {
  readonly value: string | number;
  readonly storage: 'integer' | 'real' | 'text';
  /** Of the rows that are not NULL. */
  readonly share: number;
}

/** How unique a list of columns is. */
export interface KeyProfile {
  readonly columns: readonly string[];
  /** The indexes on exactly these columns in this order, by name; a foreign key alone leaves it empty. */
  readonly indexes: readonly string[];
  /** Rows with NULL in one of the columns, exact: they are equal to none. */
  readonly nulls: number;
  /** Of the other rows; null where there are none. For a partial index too it is of all rows. */
  readonly duplicates: Duplicates | null;
}

/** A declared foreign key as the rows keep it. */
export interface ForeignKeyProfile {
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  /** The share of rows with NULL in one of the columns. */
  readonly nulls: number;
  /** Rows that miss their parent: exact, and as a share of all rows. */
  readonly orphans: number;
  readonly orphanShare: number;
  /** How many different parents the orphans miss, exact. */
  readonly missingParents: number;
  /** Parents by their number of children, from 0 on; null when its table or columns are not there. */
  readonly children: readonly Bar[] | null;
  /** The children of the parent that has most, rounded up to two significant digits. */
  readonly most: number;
}
