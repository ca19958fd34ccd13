import type { Duplicates } from './histogram.ts';

/** The shape of one column. */
export interface ColumnProfile {
  readonly name: string;
  /** Shares of all rows, by `typeof()`; they add up to about 1. All are 0 in a table without rows and in a tiny one. */
  readonly storage: Readonly<Record<StorageClass, number>>;
  /** The share of all rows that hold the column's default; null when that is not a literal, or NULL. */
  readonly isDefault: number | null;
  /**
   * Values that rows share, compared as a UNIQUE constraint of this column would: under its collation. Null where
   * nothing but NULL is held, or where the values are too long to be sorted (256 MB in all).
   */
  readonly duplicates: Duplicates | null;
  /** The number of texts that have more than one spelling, compared without the case of ASCII letters. */
  readonly caseVariants: number;
  /** Of integers and reals; null where there are none, or too few, as `storage` tells. */
  readonly numbers: NumberShape | null;
  /** Null where there are none, or too few. */
  readonly texts: TextShape | null;
  /** Null where there are none, or too few. */
  readonly blobs: BlobShape | null;
  /** The members of a small set, for a column that `--keep-values` names; else null. */
  readonly values: KeptValues | null;
}

/** The storage classes of SQLite. https://sqlite.org/datatype3.html#storage_classes_and_datatypes */
export type StorageClass = 'null' | 'integer' | 'real' | 'text' | 'blob';

/** The integers and reals of a column. Shares are of these. */
export interface NumberShape {
  /**
   * Finite bounds that lie beyond all finite numbers: the next of 0, 1, 2, 5, 10, 20, 50, … and their opposites, with steps
   * below 1 where there are fractions. They may lie beyond 64-bit integers. No row holds a bound, but the largest number.
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
  /** Of the epoch formats; null where there are too few. */
  readonly span: TimeSpan | null;
}

/** The formats of numbers; the first that fits counts. Those of share 0 are left out. */
export const numberFormats = [
  /** 0 or 1. */
  'boolean',
  /** An integer from 1 000 000 000 (2001) to 4 102 444 799 (2099). */
  'epoch-seconds',
  /** The same a thousand times over. */
  'epoch-milliseconds',
] as const;

/** The format of a number. */
export type NumberFormat = (typeof numberFormats)[number];

/**
 * A span that is longer than that of all moments, by months in UTC: from the January before the oldest to the December after
 * the newest, `2024-01`. Years before 1900 and after 2100 are put there.
 */
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
  /** Of the formats with a date; null where there are too few. */
  readonly span: TimeSpan | null;
  /** Null where no text is a JSON object or array, or too few are. */
  readonly json: JsonShape | null;
}

/** The formats of texts; the first that fits counts. Those of share 0 are left out; the rest is free text. */
export const textFormats = [
  /** An object or an array. */
  'json',
  'uuid',
  'email',
  /** With a scheme and `://`. */
  'url',
  /** `2024-03-09T12:00:00`, with or without fraction and zone. */
  'iso-datetime',
  /** `2024-03-09 12:00:00`, with or without fraction: CURRENT_TIMESTAMP and `datetime()`. */
  'sqlite-datetime',
  /** `2024-03-09`. */
  'iso-date',
  /** `0` or `1`. */
  'boolean',
  /** Digits, with or without a sign. */
  'integer',
  /** Hexadecimal digits, an even number from 8 on. */
  'hex',
  /** Small letters, digits and `-` or `_` between them, with a letter; one word too. */
  'slug',
  /** Four characters and more by the alphabet of base64 or base64url with letters of both cases and a digit. */
  'base64',
] as const;

/** The format of a text. */
export type TextFormat = (typeof textFormats)[number];

/**
 * Lengths in characters for texts and bytes for blobs. `min` and `max` are bounds as those of numbers; the others have two
 * significant digits, or lie between the bounds where too few values would tell them.
 */
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
  /** The parts inside, outer before inner and then in alphabetical order. */
  readonly paths: readonly JsonPath[];
}

/** The types inside of documents, simple ones first, as small documents have them; `integer` and `real` as they are written: 1 and 1.0. */
export const jsonTypes = ['null', 'boolean', 'integer', 'real', 'text', 'array', 'object'] as const;

/** The type of a value in a document. */
export type JsonType = (typeof jsonTypes)[number];

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
  /** Shares of the places in all documents, with two digits. Those of share 0, or in too few documents, are left out. */
  readonly types: Readonly<Partial<Record<JsonType, number>>>;
}

/** The members of a small set. */
export interface KeptValues {
  /** Those that at least `atLeast` rows hold, by falling share, 100 at most. */
  readonly members: readonly KeptValue[];
  /** The share of the rows with any other value, of rows that are not NULL. */
  readonly other: number;
  /** The number of different values among them, in multiples of `atLeast`. */
  readonly others: number;
}

/** A value that the user asked for. Blobs and integers beyond ±2^53 are among the others. */
export interface KeptValue {
  readonly value: string | number;
  readonly storage: 'integer' | 'real' | 'text';
  /** Of the rows that are not NULL. */
  readonly share: number;
}
