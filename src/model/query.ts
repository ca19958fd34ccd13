import type { StatementHead } from './history.ts';

/** A statement of an application, with its place: not of its migrations. */
export interface Query {
  /** The file as reports show it. */
  readonly file: string;
  readonly line: number;
  readonly sql: string;
  readonly head: StatementHead;
}

/** The statements of a version of the application. */
export interface QuerySet {
  /** Each text once. */
  readonly queries: readonly Query[];
  /** How many statements are neither a query nor a write: BEGIN, PRAGMA, CREATE TABLE … */
  readonly others: number;
  /** How many differ from one that is tried only in their values, and are left out. */
  readonly alike: number;
}

/** The version of the application that a statement belongs to: the one that runs before the deploy, or the one after it. */
export type QueryVersion = 'old' | 'new';

/** A statement of an application that pending migrations break, or that needs them. */
export interface BrokenQuery {
  readonly file: string;
  readonly line: number;
  /** Its text, with its values left out unless they may be shown. */
  readonly sql: string;
  /** SQLite's code and message; of columns that differ, what differs. */
  readonly code: string;
  readonly message: string;
  /** The columns into which it puts NULL where it fails. */
  readonly nulls: readonly string[];
}
